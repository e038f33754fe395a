import { lastWords, runCommand } from '../machine/command.js';

const script = `
const addon = require(process.argv[1]);
const x = addon.createTensor([2, 2], addon.TF_FLOAT, Float32Array.of(1, 2, 3, 4));
const [y] = addon.executeOp('MatMul', [
  { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
  { name: 'transpose_a', type: addon.TF_ATTR_BOOL, value: false },
  { name: 'transpose_b', type: addon.TF_ATTR_BOOL, value: false },
], [x, x], 1);
console.log(addon.TF_Version, Array.from(addon.tensorDataSync(y.id)).join());
`;

/**
 * Loads the finished addon in a Node process of its own, where a crash can do no harm, and multiplies a matrix
 * with it. Answers the version of its TensorFlow.
 */
export async function tryAddon(addon: string, signal: AbortSignal | undefined): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', NODE_OPTIONS: '' };
  const result = await runCommand(process.execPath, ['-e', script, addon], { signal, env });
  const [version, product] = result.stdout.trim().split(' ');
  if (result.code !== 0) throw new Error(`the addon does not load: ${lastWords(result)}`);
  if (version === undefined || product !== '7,10,15,22')
    throw new Error(`the addon multiplies wrongly: [[1,2],[3,4]] squared came out as ${product}`);
  return version;
}
