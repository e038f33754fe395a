/**
 * The site without a network: what was read once is kept. Files of assets/ have their content in their names and are
 * never asked for again; all else is asked for first, and kept for when nobody answers.
 */
const kept = 'aimle-pages';

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A page says what it has loaded, perhaps before there was a worker, and what it may yet need.
addEventListener('message', (event) => {
  event.waitUntil(
    caches
      .open(kept)
      .then((cache) => Promise.allSettled(event.data.map((address) => keep(cache, address))))
      .then(() => event.source?.postMessage('kept')),
  );
});

async function keep(cache, address) {
  if (!address.includes('/assets/') || !(await cache.match(address))) await cache.add(address);
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  event.respondWith(pathname.includes('/assets/') ? keptFirst(request) : askedFirst(request));
});

async function keptFirst(request) {
  return (await caches.match(request)) ?? askedFirst(request);
}

async function askedFirst(request) {
  try {
    const response = await fetch(request);
    if (response.ok) await (await caches.open(kept)).put(request, response.clone());
    return response;
  } catch (error) {
    const found = await caches.match(request, { ignoreSearch: true });
    if (found) return found;
    throw error;
  }
}
