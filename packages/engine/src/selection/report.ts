/** The names of the engines. */
export type EngineName = 'native' | 'wasm' | 'webgl' | 'webgpu' | 'cpu';

/** One check of the start-up self-test: the maximum error found, and the maximum allowed. */
export interface SelfTestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly error: number;
  readonly tolerance: number;
  /** The message of the error, if the check threw; its `error` is then infinite. */
  readonly problem?: string;
}

/** A faster engine that was tried and is not usable: why, and how to get it. */
export interface SkippedEngine {
  readonly name: EngineName;
  readonly reason: string;
  readonly remedy?: string;
}

/** The result of an attempt to start an engine. */
export interface EngineReport {
  readonly name: EngineName;
  readonly usable: boolean;
  /** Why it is not usable. */
  readonly reason?: string;
  /** How to get it: a command, if there is one. */
  readonly remedy?: string;
  /** The TensorFlow.js backend behind the name. */
  readonly backend: string;
  readonly version: string;
  /** The number of computing threads; 0 on a GPU. */
  readonly threads: number;
  /** The name of the GPU, if known: for webgpu in Node. */
  readonly device?: string;
  /** The kernels that this package added or replaced. */
  readonly shims: readonly string[];
  readonly selfTest: readonly SelfTestResult[];
  /** The engines that were tried before this one. */
  readonly skipped: readonly SkippedEngine[];
}

/**
 * Formats the report as one line: engine, version, threads, shims, self-test, and why a faster engine is not used.
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

/** Says why an engine is not used, and how to get it. */
export function whyNot({ name, reason, remedy }: Pick<EngineReport, 'name' | 'reason' | 'remedy'>): string {
  return `${name} is not usable: ${reason}${remedy === undefined ? '' : `; to get it: ${remedy}`}`;
}

/** Reports that an engine cannot be used here, and how to get it. */
export class NotUsable extends Error {
  override readonly name = 'NotUsable';
  readonly remedy: string | undefined;

  constructor(reason: string, remedy?: string, cause?: unknown) {
    super(reason, { cause });
    this.remedy = remedy;
  }
}
