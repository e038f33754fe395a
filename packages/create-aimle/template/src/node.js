import { train } from './train.js';

let choice = [];
for await (const state of train()) {
  ({ choice } = state);
  if (state.step % 10 === 0) console.log(`step ${state.step}  loss ${state.loss.toFixed(3)}`);
}
console.log(`the best two of eight: [${choice.join(', ')}]`);
