import { type Assembly, host, type Pages } from './host.js';

/** The most that addresses of 32 bits reach: 4 GiB. Only what is used takes memory. */
const MAX_PAGES = 65_536;
/** For machines that refuse to reserve so many addresses. */
const FEWER_PAGES = 16_384;

/** Makes a memory that threads can share; null where a page or a machine does not allow it. */
export function sharedPages({ Memory }: Assembly): Pages | null {
  // A page that is not isolated can make such a memory, but no worker may have it.
  if (host.SharedArrayBuffer === undefined || host.crossOriginIsolated === false) return null;
  for (const maximum of [MAX_PAGES, FEWER_PAGES]) {
    try {
      return new Memory({ initial: 1, maximum, shared: true });
    } catch {}
  }
  return null;
}

/** Makes a memory for one thread. */
export function ownPages({ Memory }: Assembly): Pages {
  return new Memory({ initial: 1, maximum: MAX_PAGES });
}
