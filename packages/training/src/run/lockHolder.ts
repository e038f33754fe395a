/** The process that holds a lock, described so that another process can tell whether it has ended. */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  /** The boot of the host, the process's pid namespace and its start; each empty where the system does not tell. */
  readonly boot: string;
  readonly namespace: string;
  readonly start: string;
}

/** Describes the process that runs this. */
export function thisProcess(): LockHolder {
  const fs = process.getBuiltinModule('node:fs');
  return {
    host: process.getBuiltinModule('node:os').hostname(),
    pid: process.pid,
    boot: orEmpty(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: orEmpty(() => fs.readlinkSync('/proc/self/ns/pid')),
    start: startOf(process.pid),
  };
}

/** Parses what {@link thisProcess} gave as JSON; null when it is anything else. */
export function holderIn(text: string): LockHolder | null {
  try {
    const found: LockHolder = JSON.parse(text);
    const { host, pid, boot, namespace, start } = found;
    const texts = [host, boot, namespace, start].every((part) => typeof part === 'string');
    return texts && Number.isSafeInteger(pid) && pid > 0 ? found : null;
  } catch {
    return null;
  }
}

/**
 * Whether a holder has certainly ended. What cannot be known counts as alive: processes of another host or container, and
 * outside Linux a process that got the number of one that has ended.
 */
export function hasEnded(holder: LockHolder): boolean {
  const here = thisProcess();
  if (holder.host !== here.host) return false;
  if (differ(holder.boot, here.boot)) return true;
  if (holder.namespace !== here.namespace) return false;
  return !exists(holder.pid) || differ(holder.start, startOf(holder.pid));
}

function differ(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // EPERM: it is another user's
  }
}

/** When a process was started, in clock ticks since the boot; `ended` if it only waits for its parent to notice. */
function startOf(pid: number): string {
  return orEmpty(() => {
    const stat = process.getBuiltinModule('node:fs').readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold anything; the state comes after it, and the start 19 fields later.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19]!;
  });
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
