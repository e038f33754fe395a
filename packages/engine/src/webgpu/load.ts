import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import { NotUsable } from '../selection/report.js';
import { HeldTicks } from './heldTicks.js';
import { nodeBackendOf, type WebgpuBackendClass } from './nodeBackend.js';

interface Adapter {
  readonly info: Readonly<Record<'vendor' | 'architecture' | 'device' | 'description', string>>;
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: object): Promise<object>;
}

interface Dawn {
  create(flags: readonly string[]): { requestAdapter(options: object): Promise<Adapter | null> };
  readonly globals: Readonly<Record<string, unknown>>;
}

const DAWN = 'webgpu';
const BACKEND = '@tensorflow/tfjs-backend-webgpu';

/** The limits of which TensorFlow.js's shaders may need more than the guaranteed minimum. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
];

/**
 * Registers the backend 'webgpu' on the given TensorFlow.js, without switching to it: TensorFlow.js's own backend on
 * the npm package `webgpu`, which is Dawn, Chromium's WebGPU. Returns the name of the GPU. Node only.
 *
 * @throws {NotUsable} when a package or driver is missing; the message says which.
 */
export async function loadWebgpu(tf: typeof TensorFlowJs): Promise<string> {
  const dawn = await dawnPackage();
  const kernels = requireBackend(BACKEND);
  if (tf.getKernelsForBackend('webgpu').length === 0) {
    throw new NotUsable(
      `${BACKEND} found another copy of @tensorflow/tfjs-core than this one`,
      `install ${BACKEND} beside @tensorflow/tfjs`,
    );
  }
  for (const [name, value] of Object.entries(dawn.globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  const ticks = new HeldTicks();
  const gpu = dawn.create([]);
  const adapter = await ticks.during(() => gpu.requestAdapter({ powerPreference: 'high-performance' }));
  if (adapter === null) {
    throw new NotUsable(
      'no GPU was found by Vulkan, Metal or Direct3D',
      "install the GPU's driver; on Linux with Vulkan, or name one in VK_DRIVER_FILES",
    );
  }
  const device = await ticks.during(() =>
    adapter.requestDevice({
      requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    }),
  );
  const Backend = nodeBackendOf(tf, kernels.WebGPUBackend, ticks);
  const backend = withNavigator(gpu, () => new Backend(device, adapter.info));
  if (tf.findBackendFactory('webgpu') !== null) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => backend as unknown as TensorFlowJs.KernelBackend, 0);
  const { vendor, device: model, description } = adapter.info;
  return [description, model, vendor].find((text) => text !== '') ?? 'a GPU without a name';
}

async function dawnPackage(): Promise<Dawn> {
  try {
    return (await import(pathToFileURL(resolved(DAWN)).href)) as Dawn;
  } catch (error) {
    throw new NotUsable(
      `the package ${DAWN} ${isMissing(error) ? 'is not installed' : `does not load: ${firstLine(error)}`}`,
      `npm install ${DAWN} ${BACKEND}`,
      error,
    );
  }
}

function requireBackend(name: string): { readonly WebGPUBackend: WebgpuBackendClass } {
  try {
    const path = resolved(name);
    return createRequire(path)(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new NotUsable(`the package ${name} is not installed`, `npm install ${DAWN} ${BACKEND}`, error);
  }
}

/** Finds the main file of a package: in the project if it has the package, otherwise beside this package. */
function resolved(name: string): string {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(name);
  } catch {
    return createRequire(import.meta.url).resolve(name);
  }
}

/** Runs code that looks for WebGPU in `navigator`, which Node does not have. */
function withNavigator<T>(gpu: object, make: () => T): T {
  const stock = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return make();
  } finally {
    if (stock === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', stock);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n', 1)[0] as string;
}
