import { figure1 } from './figure1.js';
import type { Reproduction, ReproductionName, ReproductionOptions } from './reproduction.js';
import { samples } from './samples.js';
import { sparsity } from './sparsity.js';
import { toy } from './toy.js';

/**
 * Lists the reproducible parts of the paper's synthetic study, by name.
 *
 * @example
 * ```ts
 * import { reproductions } from '@aimle/gradient-study';
 *
 * Object.keys(reproductions); // => ['figure1', 'samples', 'sparsity', 'toy']
 * const { panels } = reproductions.toy({ preset: 'quick' });
 * panels[0]!.curves[0]!.label; // => 'exact gradient, rate 0.5'
 * panels[0]!.curves[0]!.points.at(-1)!.mean; // => ~0.00092
 * ```
 */
export const reproductions: Readonly<
  Record<ReproductionName, (options: ReproductionOptions) => Reproduction>
> = { figure1, samples, sparsity, toy };
