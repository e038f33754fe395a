/** Registers a worker that keeps pages for reading offline. Pages also work without it. */
export async function keepForOffline(base: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  // What the page needs comes first.
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
  try {
    await navigator.serviceWorker.register(`${base}offline.js`);
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const own = loaded.filter((address) => address.startsWith(location.origin));
    const list = (await (await fetch(`${base}offline.json`)).json()) as string[];
    const needed = list.map((path) => new URL(base + path, location.href).href);
    // Readers who save data should not get two megabytes that they did not ask for.
    const { saveData = false } = (navigator as { connection?: { saveData?: boolean } }).connection ?? {};
    active?.postMessage([location.href.split('#')[0], ...own, ...(saveData ? [] : needed)]);
    navigator.serviceWorker.addEventListener('message', () => {
      document.documentElement.dataset['offline'] = 'ready';
    });
  } catch {
    // Private windows and plain http have no such worker.
  }
}
