import type { Dataset } from '@aimle/datasets';

/** Every data set that the command line knows: those to download, and those that a task makes. */
export async function dataSets(): Promise<readonly Dataset[]> {
  const { catalogue } = await import('@aimle/datasets');
  const { graphLayout } = await import('@aimle/neural-relational-inference');
  return [...catalogue, graphLayout];
}
