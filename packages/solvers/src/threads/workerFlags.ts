/** What a worker needs of the flags of a program on the command line: how modules are found. */
const finding = /^(--import|--require|-r|--loader|--experimental-loader|--conditions|-C)(=|$)/;

/**
 * Returns the flags of a worker that runs a file. Node hands on those of the process that a worker may have; naming
 * them would fail where there is one that it may not have, such as `--title` or `--expose-gc`. With `--input-type`,
 * which is for a program on the command line and would be handed on, only those are named that find modules.
 */
export function workerFlags(execArgv: readonly string[]): { execArgv?: string[] } {
  if (!execArgv.some((flag) => flag.startsWith('--input-type'))) return {};
  const isValue = (i: number) => i > 0 && finding.test(execArgv[i - 1]!) && !execArgv[i - 1]!.includes('=');
  return { execArgv: execArgv.filter((flag, i) => finding.test(flag) || isValue(i)) };
}
