import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderStore, memoryStore, RequestError, type RunStore } from '../src/index.js';
import { errorOf } from './toy/contents.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'aimle-training-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe.each<[string, () => RunStore]>([
  ['folderStore', () => folderStore(join(parent, 'deep', 'run'))],
  ['memoryStore', () => memoryStore('scratch')],
])('%s', (_, make) => {
  it('reads what was written, under folders too', async () => {
    const store = make();
    await store.write('checkpoints/last.safetensors', bytes(1, 2, 3));
    await store.write('config.json', bytes());
    expect(await store.read('checkpoints/last.safetensors')).toEqual(bytes(1, 2, 3));
    expect((await store.list()).sort()).toEqual(['checkpoints/last.safetensors', 'config.json']);
  });

  it('has nothing at first', async () => {
    const store = make();
    expect(await store.list()).toEqual([]);
    expect(await store.read('config.json')).toBeNull();
  });

  it('replaces a file when it is written again', async () => {
    const store = make();
    await store.write('a', bytes(1, 2, 3));
    await store.write('a', bytes(4));
    expect(await store.read('a')).toEqual(bytes(4));
    expect(await store.list()).toEqual(['a']);
  });

  it('appends, and returns from a flush', async () => {
    const store = make();
    await store.append('a', bytes(1));
    await store.append('a', bytes(2, 3));
    await store.flush('a');
    expect(await store.read('a')).toEqual(bytes(1, 2, 3));
  });

  it('renames over another file, and does nothing when there is none', async () => {
    const store = make();
    await store.rename('missing', 'b');
    expect(await store.list()).toEqual([]);
    await store.write('a', bytes(1));
    await store.write('b', bytes(2));
    await store.rename('a', 'b');
    expect(await store.list()).toEqual(['b']);
    expect(await store.read('b')).toEqual(bytes(1));
  });
});

describe('folderStore', () => {
  it('looks only where a run keeps its files, whatever else the folder holds', async () => {
    const sealed = join(parent, 'deep', 'sealed');
    await mkdir(sealed, { recursive: true });
    await writeFile(join(parent, 'deep', 'stranger'), '');
    await writeFile(join(sealed, 'config.json'), '');
    const store = folderStore(parent);
    await store.write('checkpoints/last.safetensors', bytes(1));
    await mkdir(join(parent, 'checkpoints', 'metrics.jsonl'));
    expect(await store.list()).toEqual(['checkpoints/last.safetensors']);
  });

  it('removes what a kill left of an earlier write an hour ago, and nothing else', async () => {
    const [old, fresh] = [`.a.${crypto.randomUUID()}.part`, `.a.${crypto.randomUUID()}.part`];
    for (const name of [old, fresh, '.a.mine.part']) await writeFile(join(parent, name), 'half of something');
    for (const name of [old, '.a.mine.part']) await utimes(join(parent, name), 0, 0);
    await folderStore(parent).write('a', bytes(1));
    expect((await readdir(parent)).sort()).toEqual([fresh, '.a.mine.part', 'a'].sort());
  });

  it("writes through no symbolic link of a stranger's run directory", async () => {
    const [run, outside] = [join(parent, 'run'), join(parent, 'precious')];
    await mkdir(run);
    await writeFile(outside, 'mine');
    for (const name of ['a', 'a.partial', 'metrics.jsonl']) await symlink(outside, join(run, name));
    const store = folderStore(run);
    await store.write('a', bytes(1));
    const error = await errorOf(store.append('metrics.jsonl', bytes(1)));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/metrics\.jsonl: it is a symbolic link/);
    expect(await readFile(outside, 'utf8')).toBe('mine');
    expect(await store.read('a')).toEqual(bytes(1));
  });

  it('calls a path under a file a wrong request', async () => {
    await writeFile(join(parent, 'file'), '');
    const store = folderStore(join(parent, 'file', 'run'));
    const works = [
      () => store.list(),
      () => store.read('a'),
      () => store.write('a', bytes(1)),
      () => store.append('a', bytes(1)),
    ];
    for (const work of works) {
      const error = await errorOf(work());
      expect(error).toBeInstanceOf(RequestError);
      expect(error.message).toMatch(/a part of that path is a file; choose another folder/);
    }
  });

  it('calls a folder in the place of a file a wrong request, and leaves no half behind', async () => {
    await mkdir(join(parent, 'a'));
    const error = await errorOf(folderStore(parent).write('a', bytes(1)));
    expect(error).toBeInstanceOf(RequestError);
    expect(await readdir(parent)).toEqual(['a']);
  });
});
