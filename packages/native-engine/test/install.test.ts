import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installFrom, type NativeInstallation } from '../src/install.js';
import { checkAddon } from '../src/parts/addon.js';
import { atTenths, type NativeEvent, NativeInstallError } from '../src/progress.js';
import type { Recipe } from '../src/recipe.js';
import { removeNative } from '../src/remove.js';
import { nativeStatus } from '../src/status.js';
import { checkDisk } from '../src/system/machine.js';
import { FakeMachine, makeTar, wheelFiles } from './fakeMachine.js';

const check = async () => '2.15.1';

/** How long a process may take to start where all cores are busy, in ms. */
const patience = 120_000;

let machine: FakeMachine;
beforeEach(async () => {
  machine = await FakeMachine.start();
});
afterEach(() => machine.stop());

async function install(recipe?: Recipe): Promise<NativeInstallation> {
  return installFrom(recipe ?? (await machine.recipe()), check);
}

async function failure(recipe?: Recipe): Promise<NativeInstallError> {
  const error = await install(recipe).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NativeInstallError);
  return error as NativeInstallError;
}

async function cached(): Promise<string[]> {
  return readdir(process.env.AIMLE_NATIVE as string).catch(() => []);
}

describe('the sources of TensorFlow', () => {
  test('without the official download the wheel is taken, and both attempts are reported', async () => {
    const { already, version, source, attempts, folder } = await install();
    expect({ already, version, source }).toEqual({
      already: false,
      version: '2.15.1',
      source: 'Python wheel tensorflow-cpu 2.15.1',
    });
    expect(attempts[0]?.source).toBe('libtensorflow 2.9.1');
    expect(attempts[0]?.failure).toMatch(/libtensorflow-test\.tar\.gz: the server answered 404$/);
    expect(attempts[1]).toEqual({ source: 'Python wheel tensorflow-cpu 2.15.1' });
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    expect(files).toEqual([
      'deps/lib/libtensorflow_cc.so.2',
      'deps/lib/libtensorflow_framework.so.2',
      'deps/tensorflow_cpu.libs/libomp.so.5',
      'dist/int64_tensors.js',
      'dist/kernels/Add.js',
      'dist/nodejs_kernel_backend.js',
      'dist/proto/api_pb.js',
      'dist/register_all_kernels.js',
      'lib/napi-v8/tfjs_binding.node',
      'manifest.json',
      'node_modules/@tensorflow/tfjs-core/index.js',
      'node_modules/@tensorflow/tfjs/index.js',
    ]);
    expect(await readFile(join(folder, 'deps/lib/libtensorflow_cc.so.2'), 'utf8')).toBe(
      wheelFiles['tensorflow/libtensorflow_cc.so.2'],
    );
  });

  test('pip is asked for the tags of the wheel, whatever its Python is', async () => {
    await install();
    const call = (await machine.calls()).find((line) => line.startsWith('python3 -m pip download'));
    expect(call).toMatch(/ tensorflow-cpu==2\.15\.1 /);
    expect(call).toMatch(
      /--platform manylinux_2_17_x86_64 --python-version 3\.11 --implementation cp --abi cp311/,
    );
    expect(call).toMatch(/--no-deps --only-binary=:all:/);
  });

  test('the official download needs no python, and gets an addon compiled here', async () => {
    machine.serveLibtensorflow();
    await machine.take('python3');
    const { source, folder } = await install();
    expect(source).toBe('libtensorflow 2.9.1');
    expect(await readFile(join(folder, 'lib/napi-v8/tfjs_binding.node'), 'utf8')).toBe('compiled addon');
    expect(await readFile(join(folder, 'deps/lib/libtensorflow.so.2'), 'utf8')).toBe('the official library');
  });

  test('an official download with another digest is never unpacked', async () => {
    machine.serveLibtensorflow(makeTar({ './lib/libtensorflow.so.2.9.1': 'evil' }));
    const { source, attempts } = await install();
    expect(source).toBe('Python wheel tensorflow-cpu 2.15.1');
    expect(attempts[0]?.failure).toMatch(
      /has sha256 \w+ instead of \w+; it is another file than the published one/,
    );
  });

  test('a mirror over http is refused unless it is on this machine, and only prefixed variables name one', async () => {
    process.env.CDN_STORAGE = process.env.TFJS_NODE_CDN_STORAGE!;
    process.env.TFJS_NODE_CDN_STORAGE = 'http://elsewhere.invalid/';
    machine.serveLibtensorflow();
    const { attempts } = await install();
    expect(attempts[0]?.failure).toMatch(/addresses must begin with https, got http:\/\/elsewhere\.invalid/);
  });

  test('an addon that does not load is refused by the real check', async () => {
    const error = await installFrom(await machine.recipe(), checkAddon).catch((reason: unknown) => reason);
    expect((error as Error).message).toMatch(/tensorflow-cpu 2\.15\.1: the addon does not load: /);
    expect(await cached()).toEqual([]);
  });

  test('every step is reported, downloads and unpacking with a fraction that ends at 1', async () => {
    const steps = new Map<string, number | undefined>();
    await installFrom(await machine.recipe(), check, {
      onEvent: ({ step, fraction }) => steps.set(step, fraction),
    });
    expect([...steps.keys()]).toEqual(['check', 'download', 'verify', 'unpack', 'compile', 'finish']);
    expect(steps.get('unpack')).toBe(1);
  });
});

test('a long step is reported at every tenth of it, with its percentage', () => {
  const reported: NativeEvent[] = [];
  const report = atTenths((event) => reported.push(event));
  for (let done = 0; done <= 1000; done++)
    report({ step: 'unpack', message: 'unpacking', fraction: done / 1000 });
  report({ step: 'finish', message: 'done' });
  expect(reported.map(({ message }) => message)).toEqual([
    ...Array.from({ length: 11 }, (_, tenth) => `unpacking: ${tenth * 10} %`),
    'done',
  ]);
});

describe('what can go wrong, and the message', () => {
  const wheelFailure = async () => (await failure()).attempts.at(-1)?.failure;

  test('no compiler: said before the long download', async () => {
    await machine.take('g++');
    expect(await wheelFailure()).toMatch(/^no C\+\+ compiler .* apt install g\+\+/);
    expect((await machine.calls()).filter((call) => call.startsWith('python3'))).toEqual([]);
  });

  test('no python', async () => {
    await machine.take('python3');
    expect(await wheelFailure()).toMatch(/^no python3 is on the PATH; install Python 3 with pip/);
  });

  test('python without pip', async () => {
    await machine.give('python3', `if (args[0] === '-m') process.exit(1);`);
    expect(await wheelFailure()).toMatch(/^python3 has no pip; install it/);
  });

  test('a pip that finds nothing: its own last lines', async () => {
    await machine.give(
      'python3',
      `if (args[2] === 'download') { console.error('WARNING: slow\\nERROR: No matching distribution found'); process.exit(1); }`,
    );
    expect(await wheelFailure()).toBe(
      'pip could not fetch tensorflow-cpu 2.15.1: ERROR: No matching distribution found',
    );
  });

  test('a compiler that fails: its own last lines', async () => {
    await machine.give(
      'g++',
      `if (args[0] !== '--version') { console.error('error: no luck'); process.exit(1); }`,
    );
    expect(await wheelFailure()).toBe('g++ could not compile the addon: error: no luck');
  });

  test('no npm', async () => {
    await machine.take('npm');
    expect((await failure()).message).toMatch(/npm is not on the PATH; install npm/);
  });

  test('an npm that cannot reach its registry', async () => {
    await machine.give('npm', `console.error('npm error network unreachable'); process.exit(1);`);
    expect((await failure()).message).toMatch(
      /npm could not fetch @tensorflow\/tfjs-node@4\.22\.0: npm error network/,
    );
  });

  test('a package with another checksum', async () => {
    const recipe = await machine.recipe();
    const { message } = await failure({
      ...recipe,
      tfjsNode: { ...recipe.tfjsNode, integrity: 'sha512-other' },
    });
    expect(message).toMatch(/tfjs-node@4\.22\.0 has checksum sha512-.* instead of sha512-other/);
  });

  test('a wheel with another checksum', async () => {
    const recipe = await machine.recipe();
    await machine.offerWheel({ ...wheelFiles, 'tensorflow/extra.py': 'changed' });
    expect((await failure(recipe)).message).toMatch(/tensorflow\.whl has sha256 \w+ instead of \w+/);
  });

  test('a wheel without the libraries', async () => {
    await machine.offerWheel({ 'tensorflow/__init__.py': '' });
    expect(await wheelFailure()).toMatch(/holds 0 of the two libraries/);
  });

  test('a wheel that writes outside of its folder', async () => {
    await machine.offerWheel({ ...wheelFiles, 'tensorflow/include/tsl/../../../../../evil.h': 'x' });
    expect(await wheelFailure()).toMatch(/path/);
  });

  test('a machine that TensorFlow is not published for', async () => {
    const { message } = await failure({ ...(await machine.recipe()), official: {}, wheels: {} });
    expect(message).toMatch(/TensorFlow is not published for it .* use Linux or macOS/);
  });

  test('a disk without space', async () => {
    await checkDisk(machine.folder, 1);
    await expect(checkDisk(machine.folder, 1e18)).rejects.toThrow(
      /GB free, an installation needs 1000000000\.0 GB/,
    );
  });

  test('whatever went wrong, nothing stays in the cache', async () => {
    await machine.take('python3');
    await failure();
    expect(await cached()).toEqual([]);
  });
});

describe('once installed', () => {
  test('a second run says so and calls no command', async () => {
    await install();
    const before = (await machine.calls()).length;
    const { already, attempts } = await install();
    expect({ already, attempts }).toEqual({ already: true, attempts: [] });
    expect((await machine.calls()).length).toBe(before);
  });

  test('a file of another size is a fault, and installing again repairs it', async () => {
    const { folder } = await install();
    await writeFile(join(folder, 'dist/kernels/Add.js'), 'cut');
    const status = await nativeStatus();
    expect(status.installed).toBe(false);
    expect(status.faults).toEqual(['dist/kernels/Add.js has 3 bytes instead of 6']);
    expect((await install()).already).toBe(false);
    expect((await nativeStatus({ verify: 'checksum' })).faults).toEqual([]);
  });

  test('a changed byte shows in the checksums only', async () => {
    const { folder } = await install();
    await writeFile(join(folder, 'dist/kernels/Add.js'), '// bad');
    expect((await nativeStatus()).faults).toEqual([]);
    expect((await nativeStatus({ verify: 'checksum' })).faults).toEqual([
      'dist/kernels/Add.js has another checksum',
    ]);
  });

  test('a manifest that is cut off counts as no installation', async () => {
    const { folder } = await install();
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    await writeFile(join(folder, 'manifest.json'), text.slice(0, 100));
    expect((await nativeStatus()).installed).toBe(false);
    expect((await install()).already).toBe(false);
  });

  test('two installations at once both end well', async () => {
    const [one, two] = await Promise.all([install(), install()]);
    expect([one.installed, two.installed]).toEqual([true, true]);
    expect(await cached()).toHaveLength(1);
  });

  test('one command removes it and leaves other files', async () => {
    const { folder } = await install();
    const base = process.env.AIMLE_NATIVE as string;
    await mkdir(join(base, '.staging-999999999-killed'));
    await mkdir(join(base, 'mine'));
    const { removed } = await removeNative();
    expect([...removed].sort()).toEqual([join(base, '.staging-999999999-killed'), folder].sort());
    expect(await cached()).toEqual(['mine']);
    expect((await removeNative()).removed).toEqual([]);
  });

  test('an empty folder is removed too', async () => {
    await install();
    await removeNative();
    expect(existsSync(process.env.AIMLE_NATIVE as string)).toBe(false);
  });
});

describe('an installation that is cut short', () => {
  test('cancelled, it ends its commands and leaves nothing', async () => {
    await machine.give('g++', `if (args[0] !== '--version') setInterval(() => {}, 1000);`);
    const controller = new AbortController();
    const onEvent = ({ step }: { step: string }) => {
      if (step === 'compile') setTimeout(() => controller.abort(new Error('called off')), 50);
    };
    const running = installFrom(await machine.recipe(), check, { signal: controller.signal, onEvent });
    await expect(running).rejects.toThrow('called off');
    expect(await cached()).toEqual([]);
  });

  test('killed, it leaves nothing that counts, and the next one removes the rest', {
    timeout: 2 * patience,
  }, async () => {
    await machine.give(
      'g++',
      `if (args[0] !== '--version') { fs.writeFileSync(folder + '/busy', '' + process.pid); setInterval(() => {}, 1000); }`,
    );
    const script = `
      import { installFrom } from ${JSON.stringify(join(import.meta.dirname, '../src/install.ts'))};
      await installFrom(${JSON.stringify(await machine.recipe())}, async () => '2.15.1');`;
    const flags = ['--conditions=@aimle/source', '--import', 'tsx', '--input-type=module'];
    const child = spawn(process.execPath, [...flags, '-e', script], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // Wait for its number, not just for the file: an empty file would mean process 0, the whole group.
    const compiler = async () =>
      Number(await readFile(join(machine.folder, 'busy'), 'utf8').catch(() => '0'));
    await expect.poll(compiler, { timeout: patience }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('close', resolve));
    process.kill(await compiler());
    expect(await cached()).toEqual([expect.stringMatching(/^\.staging-/)]);
    expect((await nativeStatus()).installed).toBe(false);
    await machine.give(
      'g++',
      `if (args[0] !== '--version') fs.writeFileSync(args[args.indexOf('-o') + 1], 'compiled addon');`,
    );
    expect((await install()).installed).toBe(true);
    expect(await cached()).toEqual([expect.not.stringMatching(/^\.staging-/)]);
  });
});
