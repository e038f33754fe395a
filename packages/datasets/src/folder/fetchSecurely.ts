const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 5;

/**
 * Fetches from an address over https, and follows at most five redirects, all of them over https. Plain http is for this machine
 * only, as for a mirror in a test.
 *
 * @throws Error when an address is not https, or there are more redirects; any error of `fetch`.
 * @example
 * ```ts
 * import { fetchSecurely } from '@aimle/datasets';
 *
 * let message = '';
 * await fetchSecurely('http://example.com/a.gz').catch((error) => {
 *   message = error.message;
 * });
 * message; // => 'addresses must begin with https, got http://example.com'
 * ```
 */
export async function fetchSecurely(
  address: string,
  options: Pick<RequestInit, 'headers' | 'signal'> = {},
): Promise<Response> {
  let url = new URL(address);
  const fromHere = isHere(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    if (url.protocol !== 'https:' && !(fromHere && isHere(url))) {
      throw new Error(`addresses must begin with https, got ${url.origin}`);
    }
    const response = await fetch(url, { ...options, redirect: 'manual' });
    const target = response.headers.get('location');
    if (!REDIRECTS.includes(response.status) || target === null) return response;
    await response.body?.cancel();
    url = new URL(target, url);
  }
  throw new Error(`there were more than ${MAX_REDIRECTS} redirects`);
}

function isHere({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
