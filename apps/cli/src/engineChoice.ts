import type { EngineName, EngineReport } from '@aimle/engine';

/** What `--engine auto` takes here, or why it takes nothing. */
export interface EngineChoice {
  readonly chosen: EngineName | null;
  readonly problem: string | null;
}

/**
 * Which of the engines training takes, unless its --engine says otherwise: the one that AIMLE_ENGINE names, and where
 * it is empty or `auto`, the first that works but webgpu, which is taken on request only.
 *
 * @param engines Those of Node, fastest first.
 */
export function engineChoice(engines: readonly EngineReport[], named = ''): EngineChoice {
  if (named === '' || named === 'auto') {
    const first = engines.find(({ name, usable }) => usable && name !== 'webgpu');
    return { chosen: first?.name ?? null, problem: first === undefined ? 'no engine is usable' : null };
  }
  const engine = engines.find(({ name }) => name === named);
  if (engine?.usable) return { chosen: engine.name, problem: null };
  const got = `AIMLE_ENGINE is ${JSON.stringify(named)}`;
  const known = `auto, ${engines.map(({ name }) => name).join(', ')}`;
  const fault =
    engine === undefined ? `no engine of Node; there are ${known}` : 'not usable, so training will fail';
  return { chosen: null, problem: `${got}, which is ${fault}` };
}
