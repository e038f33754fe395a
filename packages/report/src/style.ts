import { Html } from './html.js';

/** Colours and fonts for light and dark screens, and the digits of charts; texts have a contrast of 4.5:1 (WCAG AA), lines of charts 3:1. */
export const colours = new Html(`
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #1f1d1a; --soft: #5e5950; --rule: #dedad0; --wash: #f4f1ea; --link: #1f5a99;
  --ink-0: #1f5fa8; --ink-1: #b0500c; --ink-2: #1b7a55; --ink-3: #7b46a8; --ink-4: #b3244b; --ink-5: #4f5f6f;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", "Source Serif 4", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --ink: #ebe7df; --soft: #a9a294; --rule: #3a3731; --wash: #201e1b; --link: #8dbcf0;
    --ink-0: #7fb3ee; --ink-1: #eda068; --ink-2: #69c79c; --ink-3: #c29cf0; --ink-4: #f0869d; --ink-5: #a9b7c5;
  }
}
.chart { font-variant-numeric: tabular-nums; }
`);

/** Figures with more columns than this are shown with as many. */
const MAX_COLUMNS = 64;

/** The classes of a grid of so many columns, and of its columns on a phone: the page's policy takes no style attributes. */
export function gridClasses(wide: number, narrow: number): string {
  const bounded = (columns: number): number => Math.max(1, Math.min(MAX_COLUMNS, Math.floor(columns) || 1));
  return `wide-${bounded(wide)} narrow-${bounded(narrow)}`;
}

const grids = Array.from(
  { length: MAX_COLUMNS },
  (_, i) => `.wide-${i + 1} { --wide: ${i + 1}; } .narrow-${i + 1} { --narrow: ${i + 1}; }`,
).join('\n');

export const style = new Html(`${colours}* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: clamp(1.5rem, 5vw, 4rem) clamp(1.1rem, 4vw, 2.5rem) 4rem; max-width: 65rem;
  background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--serif); font-variant-numeric: lining-nums;
}
header { border-bottom: 1px solid var(--rule); padding-bottom: 1.6rem; }
.kicker { margin: 0 0 .5rem; font: 600 .78rem/1.4 var(--sans); letter-spacing: .09em; text-transform: uppercase; color: var(--soft); }
h1 { margin: 0; font-size: clamp(1.75rem, 4.5vw, 2.6rem); line-height: 1.15; font-weight: 600; letter-spacing: -.012em; text-wrap: balance; }
.lead { margin: 1rem 0 0; max-width: 44rem; font-size: 1.15rem; line-height: 1.55; text-wrap: pretty; }
h2 { margin: 3.2rem 0 .9rem; font-size: 1.35rem; line-height: 1.3; font-weight: 600; }
p { max-width: 44rem; }
p, li, dd { overflow-wrap: anywhere; }
a { color: var(--link); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
th, td { padding: .38rem 1.4rem .38rem 0; text-align: right; font-weight: 400; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 1px solid var(--ink); font: 600 .82rem/1.4 var(--sans); color: var(--soft); vertical-align: bottom; }
tbody tr:first-child td, tbody tr:first-child th { padding-top: .55rem; }
tbody tr:last-child td, tbody tr:last-child th { padding-bottom: .55rem; }
.headline td { font-weight: 700; } .headline th { font-weight: 700; }
figcaption, .note { max-width: 44rem; font: .875rem/1.5 var(--sans); color: var(--soft); }
.note { margin: .7rem 0 0; }
figcaption b { color: var(--ink); font-weight: 600; }
figure { margin: 0 0 1.9rem; }
figcaption { margin-top: .7rem; }
svg { display: block; max-width: 100%; height: auto; overflow: visible; }
.study thead th { white-space: normal; max-width: 9rem; } .study small { display: block; color: var(--soft); font: .78rem/1.3 var(--sans); }
.study + .study, .scroll + .scroll { margin-top: 1.4rem; }
.trouble { margin: 1rem 0 0; padding: .7rem 1rem; max-width: 44rem; border-left: 4px solid var(--ink-4); background: var(--wash); font: .95rem/1.5 var(--sans); }
.part { margin-top: 4.5rem; padding-top: 1rem; border-top: 2px solid var(--ink); font-size: 1.8rem; }
.meanings { margin: .7rem 0 0; max-width: 44rem; font: .875rem/1.5 var(--sans); color: var(--soft); }
.meanings dt { display: inline; color: var(--ink); } .meanings dt::after { content: ':'; } .meanings dd { display: inline; margin: 0 0 0 .4em; }
.narrow { display: none; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; }
.tiles { display: grid; grid-template-columns: repeat(var(--wide), minmax(0, 1fr)); gap: 4px; }
.drawings { display: grid; grid-template-columns: repeat(var(--wide), minmax(0, 1fr)); gap: 12px; }
.drawings img { display: block; width: 100%; height: auto; }
.text { margin: .2rem 0 1.1rem; line-height: 1.7; }
.text mark { padding: .05em .2em; border-radius: 3px; background: color-mix(in srgb, var(--ink-1) 32%, transparent); color: inherit; }
.text s { text-decoration: underline dotted; opacity: .65; }
.text u { text-decoration-thickness: 2px; text-underline-offset: .22em; text-decoration-color: var(--ink-0); }
.tiles span { display: grid; gap: 2px; }
.tiles img { display: block; width: 100%; height: auto; image-rendering: pixelated; border-radius: 1px; }
pre { margin: 0; padding: .9rem 1.1rem; overflow-x: auto; background: var(--wash); border-radius: 5px; font: .875rem/1.6 var(--mono); }
.settings { columns: 17rem; column-gap: 2.5rem; margin: 0; font-size: .95rem; }
.settings div { display: flex; justify-content: space-between; gap: 1rem; break-inside: avoid; padding: .2rem 0; border-bottom: 1px solid var(--rule); }
.settings dt { color: var(--soft); } .settings dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
@media (max-width: 46rem) {
  body { font-size: 1rem; } .lead { font-size: 1.05rem; } h2 { margin-top: 2.4rem; }
  .wide { display: none; } .narrow { display: block; } .pair { grid-template-columns: 1fr; }
  .tiles, .drawings { grid-template-columns: repeat(var(--narrow), minmax(0, 1fr)); }
  th, td { padding-right: .9rem; }
}
${grids}
@media print { body { max-width: none; padding: 0; } h2, figure { break-inside: avoid; break-after: avoid-page; } }
`);
