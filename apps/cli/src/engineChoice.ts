import type { EngineReport } from '@aimle/engine';

/**
 * Finds the engine that training uses without --engine: the one that AIMLE_ENGINE names; if it is empty or `auto`, the
 * first usable one except webgpu, which is used on request only.
 */
export function engineChoice(engines: readonly EngineReport[], named = '') {
  if (named === '' || named === 'auto') {
    const first = engines.find(({ name, usable }) => usable && name !== 'webgpu');
    return { chosen: first?.name ?? null, problem: first === undefined ? 'no engine is usable' : null };
  }
  const engine = engines.find(({ name }) => name === named);
  if (engine?.usable) return { chosen: engine.name, problem: null };
  const got = `AIMLE_ENGINE is ${JSON.stringify(named)}`;
  const known = `auto, ${engines.map(({ name }) => name).join(', ')}`;
  const reason =
    engine === undefined ? `not an engine of Node; there are ${known}` : 'not usable, so training will fail';
  return { chosen: null, problem: `${got}, which is ${reason}` };
}
