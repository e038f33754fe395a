import { HIDDEN, train } from './train.js';
import './page.css';

const bars = document.querySelector('#bars');
const text = document.querySelector('#text');
const again = document.querySelector('#again');

/** One bar for each feature, as high as its score; the two chosen ones are coloured. */
function draw({ step, loss, scores, choice }) {
  const low = Math.min(...scores);
  const span = Math.max(...scores) - low || 1;
  bars.replaceChildren(
    ...scores.map((score, i) => {
      const bar = document.createElement('li');
      bar.style.setProperty('--height', `${6 + (94 * (score - low)) / span}%`);
      bar.className = choice[i] === 1 ? 'chosen' : '';
      bar.textContent = String(i);
      return bar;
    }),
  );
  text.textContent = `Step ${step}: loss ${loss.toFixed(3)}`;
}

async function run() {
  again.disabled = true;
  let last;
  for await (const state of train()) {
    last = state;
    draw(state);
    await new Promise(requestAnimationFrame);
  }
  const found = HIDDEN.every((i) => last.choice[i] === 1);
  text.textContent += found ? `. Found: features ${HIDDEN.join(' and ')}.` : '. Not found: train longer.';
  again.disabled = false;
}

again.addEventListener('click', run);
run();
