/**
 * Draws the pictures that are committed: the film in the README and the card of the site. The card needs Chromium.
 *
 * usage, in apps/docs: npx -y pnpm@10 docs:pictures
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { openBrowser } from '../checks/visitor.js';
import { learn, untrained } from '../src/home/pathfinder.js';
import { height, pathPicture, width } from '../src/home/pathPicture.js';
import { film } from './film.js';

const pages = new URL('../pages/public/', import.meta.url);
writeFileSync(new URL('film.svg', pages), film());

const font = readFileSync(
  new URL(
    import.meta.resolve('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'),
  ),
).toString('base64');
const hero = readFileSync(new URL('../.vitepress/theme/pathHero.css', import.meta.url), 'utf8');
const tokens = readFileSync(new URL('../.vitepress/theme/tokens.css', import.meta.url), 'utf8');
let finder = untrained();
for (let step = 0; step < 4; step++) finder = learn(finder);

const page = `<style>@font-face{font-family:Card;font-weight:200 900;src:url(data:font/woff2;base64,${font})}
${tokens}${hero}
body{align-items:center;background:#fff;color:#1b2530;display:flex;gap:56px;height:630px;margin:0;padding:0 64px;box-sizing:border-box;width:1200px}
h1{font:640 58px/1.12 Card;letter-spacing:-.02em;margin:0 0 28px}p{font:26px system-ui;color:#53606d;margin:0}
svg{width:440px;height:440px}</style>
<div><h1>Put top-k, a spanning tree or a shortest path inside your network</h1><p>and train through it. In TypeScript.</p></div>
<div class="path-hero"><svg viewBox="0 0 ${width} ${width}" height="${height}">${pathPicture(finder)}</svg></div>`;

const browser = await openBrowser();
const tab = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await tab.setContent(page);
await tab.evaluate(() => document.fonts.ready);
await tab.screenshot({ path: new URL('card.png', pages).pathname });
await browser.close();
