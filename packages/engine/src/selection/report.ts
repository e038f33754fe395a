/** The names of the engines. */
export type EngineName = 'native' | 'wasm' | 'webgl' | 'webgpu' | 'cpu';

/** One check of the start-up self-test: the max error found, and the max allowed. */
export interface SelfTestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly error: number;
  readonly tolerance: number;
  /** The message of the check, where it threw; its error is then infinite. */
  readonly problem?: string;
}

/** A faster engine that was tried and cannot be used: why, and what would change that. */
export interface SkippedEngine {
  readonly name: EngineName;
  readonly reason: string;
  readonly remedy?: string;
}

/** What is known of one engine after an attempt to start it. */
export interface EngineReport {
  readonly name: EngineName;
  readonly usable: boolean;
  /** Why it is not usable. */
  readonly reason?: string;
  /** What to do about that: a command, where there is one. */
  readonly remedy?: string;
  /** The TensorFlow.js backend behind the name. */
  readonly backend: string;
  readonly version: string;
  /** Threads that compute; 0 where a GPU does. */
  readonly threads: number;
  /** The GPU, where it is known by name: webgpu in Node. */
  readonly device?: string;
  /** The kernels that this package added or replaced. */
  readonly shims: readonly string[];
  readonly selfTest: readonly SelfTestResult[];
  /** The engines that were tried before this one. */
  readonly skipped: readonly SkippedEngine[];
}

/**
 * The report in one line: engine, version, threads, shims, self-test, and why a faster engine is not used.
 *
 * @example
 * ```ts
 * import { engineLine, useEngine } from '@aimle/engine';
 *
 * const line = engineLine(await useEngine('cpu'));
 * line.startsWith('engine: cpu'); // => true
 * ```
 */
export function engineLine(report: EngineReport): string {
  if (!report.usable) return `engine: ${whyNot(report)}`;
  const on = report.device === undefined ? '' : ` on ${report.device}`;
  const parts = [`${report.name} ${report.version}${on}`];
  if (report.threads > 0) parts.push(`${report.threads} thread${report.threads === 1 ? '' : 's'}`);
  if (report.shims.length > 0) parts.push(`${report.shims.length} shims`);
  parts.push(`self-test passed (${report.selfTest.length} checks)`);
  const sentences = [`engine: ${parts.join(', ')}`];
  if (report.name === 'cpu') {
    sentences.push('WARNING: this is pure JavaScript, and 10 to 100 times slower than any other engine');
  }
  return [...sentences, ...report.skipped.map(whyNot)].join('. ');
}

/** Why an engine is not used, and what to do about it. */
export function whyNot({ name, reason, remedy }: Pick<EngineReport, 'name' | 'reason' | 'remedy'>): string {
  return `${name} is not usable: ${reason}${remedy === undefined ? '' : `; to get it: ${remedy}`}`;
}

/** Why an engine cannot be used here, and what would change that. */
export class NotUsable extends Error {
  override readonly name = 'NotUsable';
  readonly remedy: string | undefined;

  constructor(reason: string, remedy?: string, cause?: unknown) {
    super(reason, { cause });
    this.remedy = remedy;
  }
}
