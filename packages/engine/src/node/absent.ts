/**
 * Replaces modules that only Node can run (`#node/*` in package.json) in bundles for browsers, which cannot resolve
 * `node:` imports. No code in a browser reaches it.
 */
export {};
