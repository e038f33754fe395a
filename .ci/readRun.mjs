// Reads what a training run left behind, as a script of a user would, and fails when something is not there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const [run, data] = process.argv.slice(2);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

const trained = json(`${run}.json`);
assert.equal(trained.task, 'dvae');
assert.equal(trained.steps, 60);
assert.ok(trained.seconds > 0);

const evaluated = json(`${run}.evaluated.json`);
for (const name of ['negative_elbo', 'bce', 'kl', 'official_loss']) {
  assert.ok(
    Number.isFinite(evaluated.metrics.test[name]),
    `test metric ${name}: ${evaluated.metrics.test[name]}`,
  );
}

const steps = readFileSync(`${run}/metrics.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const losses = steps.filter(({ kind }) => kind === 'step').map(({ loss }) => loss);
assert.ok(losses.length > 1 && losses.every(Number.isFinite), `losses: ${losses}`);
assert.ok(losses.at(-1) < losses[0], `the loss went from ${losses[0]} to ${losses.at(-1)}`);

const report = readFileSync(`${run}/report.html`, 'utf8');
assert.match(report, /<svg/);
assert.match(report, /data:image\/png;base64,/);
assert.doesNotMatch(report, /(?:src|href)="https?:/, 'the page must work offline');

process.stdout.write(
  `${data}: loss ${losses[0]} to ${losses.at(-1)} in ${trained.steps} steps, all files present\n`,
);
