import * as tf from '@tensorflow/tfjs';
import { addresses, shim } from './kernel.js';
import { productsOf } from './products.js';

/** Joins tensors along an axis. The stock kernel makes a view for every row, which takes longer than short rows. */
export const concat = shim<readonly tf.TensorInfo[], { axis: number }>('Concat', (stock) => (call) => {
  const { inputs, backend, attrs } = call;
  const products = productsOf(backend);
  const [{ dtype, shape }] = inputs as [tf.TensorInfo];
  const axis = tf.util.parseAxisParam(attrs.axis, shape)[0]!;
  // Types of four bytes, and the same in all: a mixture is converted by the stock kernel.
  const isAlike = (dtype === 'float32' || dtype === 'int32') && inputs.every((x) => x.dtype === dtype);
  if (products === undefined || axis === 0 || !isAlike) return stock(call);
  const shapes = inputs.map((x) => x.shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const result = backend.makeOutput(tf.backend_util.computeOutShape(shapes, axis), dtype);
  const rows = tf.util.sizeFromShape(shape.slice(0, axis));
  const step = 4 * tf.util.sizeFromShape(result.shape.slice(axis));
  let [to] = addresses(backend, result);
  for (const x of inputs) {
    const columns = tf.util.sizeFromShape(x.shape.slice(axis));
    const [from] = addresses(backend, x);
    products.copyRows(rows, columns, from, 4 * columns, to, step);
    to += 4 * columns;
  }
  return result;
});
