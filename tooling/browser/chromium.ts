import { spawnSync } from 'node:child_process';

/** The path of a Chromium on this machine, or the one that CHROMIUM names. */
export function findChromium(): string {
  const names = [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome'];
  for (const name of names) {
    if (!name || spawnSync(name, ['--version'], { stdio: 'ignore' }).status !== 0) continue;
    return spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
  }
  throw new Error('no Chromium found; install one, or name it in CHROMIUM');
}
