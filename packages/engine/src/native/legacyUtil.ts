import util from 'node:util';

const retired = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
};

/**
 * Gives node:util back the two questions that tfjs-node's kernels ask of it. Node 23 removed them and Node 22
 * warns at each use; the answers here are the same ones, so that nothing else can notice.
 */
export function restoreLegacyUtil(): void {
  for (const [name, value] of Object.entries(retired))
    Object.defineProperty(util, name, { value, configurable: true, writable: true, enumerable: false });
}
