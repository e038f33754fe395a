// What to do with the native engine

export { installNative, type NativeInstallation, type NativeInstallOptions } from './install.js';
export { removeNative } from './remove.js';
export { type NativeStatus, nativeStatus } from './status.js';

// What an installation tells

export { type NativeAttempt, type NativeEvent, NativeInstallError } from './progress.js';
