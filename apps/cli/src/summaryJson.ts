import type { Metrics, RunSummary } from '@aimle/training';

type Nested = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** Tasks that measure the same under the official code's conventions as well, in an object of that name. */
const measuredTwice = ['nri'];

/** The summary as scripts get it: `official_elbo` of a run of nri is `official.elbo`. */
export function summaryJson(summary: RunSummary): object {
  if (!measuredTwice.includes(summary.task)) return summary;
  const metrics = Object.entries(summary.metrics).map(([split, values]) => [split, values && nested(values)]);
  return { ...summary, metrics: Object.fromEntries(metrics) };
}

function nested(values: Metrics): Nested {
  const prefix = 'official_';
  const [official, own] = [true, false].map((wanted) =>
    Object.entries(values).filter(([name]) => name.startsWith(prefix) === wanted),
  ) as [[string, number][], [string, number][]];
  if (official.length === 0) return values as Nested;
  const bare = official.map(([name, value]) => [name.slice(prefix.length), value]);
  return { ...Object.fromEntries(own), official: Object.fromEntries(bare) };
}
