import type { Browser } from 'playwright-core';

/**
 * Budget of the first page: compressed kilobytes until it is idle, and seconds of one core until it
 * responds, which is about the time it takes on an idle laptop.
 */
const budget = { kilobytes: 260, seconds: 3 };

export async function measureFirstPage(
  browser: Browser,
  address: string,
): Promise<{ readonly found: string; readonly problems: string[] }> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const began = performance.now();
  await page.goto(address);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const waited = (performance.now() - began) / 1000;
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  await page.waitForLoadState('networkidle');
  const kilobytes = bytes / 1024;
  await page.close();
  const found = `${kilobytes.toFixed(0)} kB, answers after ${seconds.toFixed(2)} s of one core, ${waited.toFixed(2)} s in all`;
  const isWithin = kilobytes <= budget.kilobytes && seconds <= budget.seconds;
  const problem = `the first page takes ${found}; at most ${budget.kilobytes} kB and ${budget.seconds} s`;
  return { found, problems: isWithin ? [] : [problem] };
}
