/**
 * Takes the pictures of the page that lists the playgrounds, from a site that is served, after some training.
 *
 * usage, in apps/docs: npx -y pnpm@10 docs:thumbnails http://localhost:5173/
 */
import { openBrowser } from '../checks/visitor.js';

const [site] = process.argv.slice(2);
if (!site) throw new Error('thumbnails: give the address of a served site, with a slash at its end');

/** What is shown of each: the first drawing, or what a selector names. */
const shown: Readonly<Record<string, string>> = {
  'perturb-and-map': '.aimle-stage',
  gradient: '.aimle-gradient',
  digits: '.aimle-stage',
  explain: '.explain-card',
  trees: '.aimle-stage',
  'shortest-path': '.aimle-stage',
};

const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
for (const [name, selector] of Object.entries(shown)) {
  await page.goto(`${site}playgrounds/${name}.html`);
  const drawing = page.locator(`.playground ${selector}`).first();
  await drawing.waitFor({ timeout: 90_000 });
  const train = page.getByRole('button', { name: /^(Train|Learn)$/ });
  if ((await train.count()) > 0) await train.click();
  await page.waitForTimeout(9000);
  await drawing.scrollIntoViewIfNeeded();
  const box = (await drawing.boundingBox())!;
  const height = Math.min(box.height, box.width * 0.62);
  await page.screenshot({
    path: new URL(`../pages/playgrounds/${name}.jpg`, import.meta.url).pathname,
    clip: { ...box, height },
    type: 'jpeg',
    quality: 72,
    scale: 'css',
  });
}
await browser.close();
