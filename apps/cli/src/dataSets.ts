import type { Dataset } from '@aimle/datasets';

/** Lists every data set of the command line: those to download, and those that a task generates. */
export async function dataSets(): Promise<readonly Dataset[]> {
  const { catalogue } = await import('@aimle/datasets');
  const { graphLayout } = await import('@aimle/neural-relational-inference');
  return [...catalogue, graphLayout];
}
