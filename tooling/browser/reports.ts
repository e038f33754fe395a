import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StudyPanel, writeExplanation, writeReport, writeStudy } from '@aimle/report';
import { createRun, type Figure } from '@aimle/training';
import { chromium } from 'playwright';
import { findChromium } from './chromium.js';
import type { Outcome } from './pages/attempts.js';

/** A name that would run a script, load an image and change the style, if a page let it. */
const hostile =
  '"><script>document.title="run"</script><img src="https://localhost/x"><b style="color:red">\u202e';

/** What the style and the images of a page have come to, as a text, because this is code of a browser. */
const measured = `(() => {
  const [chart, tiles] = ['.chart', '.tiles'].map((name) => document.querySelector(name));
  return {
    width: getComputedStyle(document.body).maxWidth,
    chart: chart === null ? '12px system-ui' : getComputedStyle(chart).fontSize + ' ' + getComputedStyle(chart).fontFamily.split(',')[0],
    columns: tiles === null ? 3 : getComputedStyle(tiles).gridTemplateColumns.split(' ').length,
    scripts: document.scripts.length,
    broken: [...document.images].filter(({ naturalWidth }) => naturalWidth === 0).length,
  };
})()`;

/** The pages that the packages write, of names that attack them: nothing runs, nothing is asked for, and the style applies. */
export async function outcomesOfReports(folder: string): Promise<Outcome[]> {
  const paths = await written(folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const outcomes: Outcome[] = [];
    for (const path of paths) {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      await page.route('**/*', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname !== '/page') problems.push(`asked for ${pathname}`);
        await route.fulfill({ body: readFileSync(path), contentType: 'text/html' });
      });
      await page.goto('https://localhost/page');
      const found = await page.evaluate(measured);
      const expected = { width: '1040px', chart: '12px system-ui', columns: 3, scripts: 0, broken: 0 };
      if (JSON.stringify(found) !== JSON.stringify(expected)) problems.push(JSON.stringify(found));
      const title = `the page ${path.split('/').at(-1)}`;
      outcomes.push(
        problems.length > 0
          ? { title, error: problems.join('; ') }
          : { title, found: 'its policy blocks nothing of it' },
      );
      await page.close();
    }
    return outcomes;
  } finally {
    await browser.close();
  }
}

async function written(folder: string): Promise<string[]> {
  const run = join(folder, 'run');
  const { store } = await createRun(run, {
    ...{
      task: 'line',
      title: hostile,
      preset: null,
      config: { seed: 1, method: hostile },
      command: hostile,
      step: 0,
    },
    engine: { name: 'cpu', version: hostile, threads: 1 },
    ...{ time: '2020-01-01T00:00:00.000Z', versions: { [hostile]: hostile } },
  });
  const steps = [1, 2, 3].map((step) => ({
    kind: 'step',
    step,
    epoch: 1,
    loss: step,
    [hostile]: step,
    seconds: step,
  }));
  await store.write('metrics.jsonl', utf8(steps.map((step) => `${JSON.stringify(step)}\n`).join('')));
  const named = { name: hostile, title: hostile, caption: hostile };
  const figures: Figure[] = [
    {
      ...named,
      kind: 'images',
      columns: 3,
      width: 1,
      height: 1,
      rows: [{ label: hostile, pixels: btoa('abc') }],
    },
    {
      ...{ ...named, kind: 'drawings', columns: 2, width: 4, height: 4 },
      drawings: [
        {
          label: hostile,
          svg: '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4" style="fill:red"/>',
        },
      ],
    },
    {
      ...named,
      kind: 'texts',
      texts: [{ note: hostile, words: [{ word: hostile, chosen: true, marked: true }] }],
    },
  ];
  await store.write('figures.json', utf8(JSON.stringify(figures)));
  const [report, explanation, study] = ['report.html', 'explanation.html', 'study.html'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeReport([run], report);
  await writeExplanation(
    {
      title: hostile,
      words: [
        { word: hostile, chosen: true },
        { word: hostile, unknown: true },
      ],
    },
    explanation,
  );
  const points = [1, 10].map((x) => ({ x, mean: x / 20, error: 0.01, known: null, difference: null }));
  const panel: StudyPanel = {
    ...{ title: hostile, caption: hostile, xLabel: hostile, yLabel: hostile, levels: [] },
    xScale: 'log',
    yRange: [0, 1],
    curves: [{ label: hostile, difference: null, points }],
  };
  await writeStudy(
    { title: hostile, truth: hostile, corrections: [hostile], known: hostile, settings: {}, panels: [panel] },
    study,
    hostile,
  );
  return [report, explanation, study];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
