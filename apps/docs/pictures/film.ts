import { learn, type Pathfinder, untrained } from '../src/home/pathfinder.js';
import { height, moving, said, still, width } from '../src/home/pathPicture.js';

const [steps, secondsEach, margin, lines] = [26, 0.5, 16, 56];

/** Colours in light and in dark: a picture in a README has no page to take them from. */
const style = (count: number): string => `
text{font:14px system-ui,"Segoe UI",Roboto,sans-serif;fill:#53606d}.words{font-size:15px;fill:#1b2530}
.back{fill:#fff}polyline{fill:none;stroke-linecap:round;stroke-linejoin:round}
.halo{stroke:#fff}.cheapest{stroke:#1b2530;stroke-width:10}.halo.cheapest{stroke:#fff;stroke-width:13}
.found{stroke:#0b9aa8;stroke-width:4}.halo.found{stroke:#fff;stroke-width:7}
.end{fill:#fff;stroke:#1b2530;stroke-width:2}.letter{fill:#1b2530;font-weight:600;text-anchor:middle}
.bar{fill:#0b6e7c}.true{stroke:#1b2530;stroke-width:4}
@media(prefers-color-scheme:dark){.back{fill:#12171c}text{fill:#a3afbb}.words{fill:#e4eaf0}.letter{fill:#1b2530}.bar{fill:#4cc3cf}.true{stroke:#e4eaf0}}
.step{visibility:hidden;animation:shown ${count * secondsEach}s infinite step-end}
@keyframes shown{0%{visibility:visible}${(100 / count).toFixed(3)}%{visibility:hidden}}
@media(prefers-reduced-motion:reduce){.step{animation:none}.step:last-of-type{visibility:visible}}
`;

/** The first page's playground as an animated SVG: what a network learns of ground from shortest paths, step by step. */
export function film(): string {
  const shown = [untrained()];
  while (shown.length <= steps) shown.push(learn(shown.at(-1) as Pathfinder));
  // The end stays for a while.
  const frames = [...shown, ...Array.from({ length: 5 }, () => shown.at(-1) as Pathfinder)];
  const groups = frames.map((finder, at) => {
    const delay = `style="animation-delay:${at * secondsEach}s"`;
    return `<g class="step" ${delay}>${moving(finder)}<text class="words" y="-14">${said(finder)}</text></g>`;
  });
  const [across, down] = [width + 2 * margin, height + lines];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-margin} -40 ${across} ${down}" width="${across}" height="${down}" role="img">`,
    '<title>A network learns what ground costs from shortest paths alone. At first its path leads through the bog; soon it is the cheapest one.</title>',
    `<style>${style(frames.length)}</style>`,
    `<rect class="back" x="${-margin}" y="-40" width="${across}" height="${down}"/>`,
    still(),
    ...groups,
    '</svg>\n',
  ].join('\n');
}
