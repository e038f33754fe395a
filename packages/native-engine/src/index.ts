// Install, remove, inspect

export { installNative, type NativeInstallation, type NativeInstallOptions } from './install.js';
export { removeNative } from './remove.js';
export { type NativeStatus, nativeStatus } from './status.js';

// Progress and errors of an installation

export { type NativeAttempt, type NativeEvent, NativeInstallError } from './progress.js';
