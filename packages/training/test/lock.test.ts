import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderStore, memoryStore, RequestError, type RunStore, trainTask } from '../src/index.js';
import { type LockHolder, thisProcess } from '../src/run/lockHolder.js';
import { errorOf, messageOf, timelessRun } from './toy/contents.js';
import { lineConfig, lineTask } from './toy/lineTask.js';

/** Greater than the number of any process, on every system. */
const noProcess = 4_194_305;
const onLinux = process.platform === 'linux';
const task = lineTask();
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-training-'));
  file = join(folder, 'run.lock');
});
afterEach(() => rm(folder, { recursive: true }));

const lock = (path = folder) => folderStore(path).lock!();
const leave = (change: Partial<LockHolder>, at = file) =>
  writeFile(at, JSON.stringify({ ...thisProcess(), ...change }));

async function contentsOf(store: RunStore): Promise<unknown> {
  const paths = (await store.list()).sort();
  return Promise.all(paths.map(async (path) => [path, await store.read(path)]));
}

describe.each<[string, () => RunStore]>([
  ['folder', () => folderStore(join(folder, 'run'))],
  ['store in memory', () => memoryStore('scratch')],
])('a second training in the same %s', (kind, make) => {
  it.each([
    ['new', { resume: false }],
    ['resumed', { resume: true }],
  ])('is a wrong request (%s), and leaves the first as if it had been alone', async (_, options) => {
    const store = make();
    const refused: Error[] = [];
    const disturbed = lineTask((config) => ({
      async evaluate(split) {
        if (split === 'validation') {
          const before = await contentsOf(store);
          const again = kind === 'folder' ? folderStore(store.name) : store;
          refused.push(await errorOf(trainTask(task, lineConfig, { run: again, ...options })));
          expect(await contentsOf(store)).toEqual(before);
        }
        return { mse: config.seed };
      },
    }));
    await trainTask(disturbed, lineConfig, { run: store });
    expect(refused).toHaveLength(3);
    for (const error of refused) {
      expect(error).toBeInstanceOf(RequestError);
      expect(error.message).toMatch(/is in use by another training.*; wait until it ends/);
    }
    const alone = memoryStore('alone');
    await trainTask(
      lineTask(({ seed }) => ({ evaluate: async () => ({ mse: seed }) })),
      lineConfig,
      { run: alone },
    );
    expect(await timelessRun(store)).toEqual(await timelessRun(alone));
  });

  it('is welcome after the first, whether that ended or failed', async () => {
    const store = make();
    const broken = { ...lineConfig, broken: [8, 3] as const };
    await errorOf(trainTask(task, broken, { run: store }));
    expect(await messageOf(trainTask(task, broken, { run: store, resume: true }))).toMatch(/^step 8 /);
    if (kind === 'folder') expect(await readdir(store.name)).not.toContain('run.lock');
    const whole = make();
    if (kind === 'folder') await rm(store.name, { recursive: true });
    await trainTask(task, lineConfig, { run: whole });
    await trainTask(task, lineConfig, { run: whole, resume: true });
  });
});

it('a resumption of a run that does not exist makes no folder', async () => {
  const run = join(folder, 'nowhere');
  expect(await messageOf(trainTask(task, lineConfig, { run, resume: true }))).toMatch(/holds no run/);
  expect(await readdir(folder)).toEqual([]);
});

describe('the lock of a folder', () => {
  it('names the process that holds it, and is gone with its end', async () => {
    const unlock = await lock();
    const error = await errorOf(lock());
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toBe(
      `${folder} is in use by another training: process ${process.pid} on ${JSON.stringify(hostname())}; ` +
        `wait until it ends, or choose another folder (if it has ended, delete ${file})`,
    );
    expect(await readdir(folder)).toEqual(['run.lock']);
    await unlock();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused while another process holds it, and taken over when that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6); console.log()']);
    await once(child.stdout, 'data');
    await leave({ pid: child.pid!, start: '' });
    expect(await messageOf(lock())).toContain(`process ${child.pid} on`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const unlock = await lock();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(thisProcess());
    await unlock();
  });

  it.runIf(onLinux)('is taken over from a process whose number another one has got', async () => {
    await leave({ start: '1' });
    await (await lock())();
  });

  it.runIf(onLinux)('is taken over after the host was started again', async () => {
    await leave({ boot: 'an earlier one', pid: process.pid });
    await (await lock())();
  });

  it.each<[string, Partial<LockHolder>]>([
    ['on another host', { host: 'elsewhere', boot: 'another', pid: noProcess }],
    ['in another container', { namespace: 'pid:[1]', pid: noProcess }],
    ['whose start is not known', { start: '' }],
  ])('is left to a process %s, since it may live', async (_, holder) => {
    await leave(holder);
    const before = await readFile(file, 'utf8');
    expect(await errorOf(lock())).toBeInstanceOf(RequestError);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['run.lock']);
  });

  it.each(['', 'null', '{"pid":1}', JSON.stringify({ ...thisProcess(), pid: -1 }), ' '.repeat(5000)])(
    'is not taken over from a file that no training wrote: %j',
    async (text) => {
      await writeFile(file, text);
      expect(await messageOf(lock())).toMatch(/another training; wait .*, delete .*run\.lock\)$/);
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('follows no link, and shows no control characters of a host', async () => {
    await symlink(join(folder, 'absent'), file);
    expect(await errorOf(lock())).toBeInstanceOf(RequestError);
    expect(await readdir(folder)).toEqual(['run.lock']);
    await rm(file);
    await leave({ host: '\u001b[2J' });
    expect(await messageOf(lock())).toContain('"\\u001b[2J"');
  });

  it('goes to one of many that find the same old lock, even if a takeover was killed half way', async () => {
    for (const left of [['run.lock'], ['run.lock', 'run.lock.old'], ['run.lock', 'run.lock.old.old']]) {
      for (const name of left) await leave({ pid: noProcess }, join(folder, name));
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lock()));
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(won).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RequestError);
      }
      await won[0]!.value();
    }
  });

  it('is left to a process that is just taking it over', async () => {
    await leave({ pid: noProcess });
    await leave({}, `${file}.old`);
    expect(await messageOf(lock())).toMatch(/another training: .*, delete .*run\.lock\.old\)$/);
    expect((await readdir(folder)).sort()).toEqual(['run.lock', 'run.lock.old']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: noProcess });
  });

  it('does not remove the lock of a process to which the user gave the folder', async () => {
    const unlock = await lock();
    await leave({ pid: noProcess, start: '7' });
    await unlock();
    expect(await readdir(folder)).toEqual(['run.lock']);
  });

  it('makes the folder, and blames a file in its place', async () => {
    const unlock = await lock(join(folder, 'deep', 'run'));
    await unlock();
    await mkdir(join(folder, 'other'));
    await writeFile(join(folder, 'other', 'file'), '');
    expect(await messageOf(lock(join(folder, 'other', 'file')))).toMatch(/a part of that path is a file/);
  });
});
