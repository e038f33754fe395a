/**
 * What bundlers for browsers get in the place of a module that only Node can run (`#node/*` in package.json), so that
 * they never stumble over its `node:` imports. Nothing of it is ever reached there.
 */
export {};
