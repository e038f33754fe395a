import type { Metrics, RunSummary } from '@aimle/training';

/** Returns the summary as scripts get it: the metric `official/elbo` becomes `official.elbo`. */
export function summaryJson(summary: RunSummary): object {
  const metrics = Object.entries(summary.metrics).map(([split, values]) => [split, values && nested(values)]);
  return { ...summary, metrics: Object.fromEntries(metrics) };
}

function nested(values: Metrics): object {
  const groups: Record<string, Record<string, unknown>> = {};
  const single = Object.entries(values).filter(([path, value]) => {
    const [group, name] = path.split('/');
    if (name === undefined) return true;
    groups[group!] = { ...groups[group!], [name]: value };
    return false;
  });
  return { ...Object.fromEntries(single), ...groups };
}
