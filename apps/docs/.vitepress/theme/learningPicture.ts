import { computed, defineComponent, h, onBeforeUnmount, onMounted, ref, shallowRef, type VNode } from 'vue';
import { beginning, items, type Learning, learn } from '../../src/home/learning.js';

const pace = 650;
const roundLength = 44;
const [width, height] = [440, 340];
const [left, right, baseline, unit] = [70, 430, 190, 22];
const column = (i: number) => left + ((i + 0.5) * (right - left)) / items;
const clamp = (y: number) => Math.max(64, Math.min(262, y));

/** The first page's picture: a layer that learns which two of six items are wanted, step by step, with the real packages. */
export const LearningPicture = defineComponent(() => {
  const round = ref(1);
  const losses = shallowRef<readonly number[]>([]);
  const now = shallowRef<Learning>(beginning(1));
  const running = ref(false);
  let timer: ReturnType<typeof setInterval> | undefined;
  const step = () => {
    if (now.value.step >= roundLength) {
      round.value += 1;
      now.value = beginning(round.value);
      losses.value = [];
      return;
    }
    now.value = learn(now.value, round.value);
    losses.value = [...losses.value, now.value.loss];
  };
  const run = (on: boolean) => {
    clearInterval(timer);
    running.value = on;
    if (on) timer = setInterval(() => document.hidden || step(), pace);
  };
  onMounted(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (let i = 0; i < (still ? 30 : 1); i += 1) step();
    run(!still);
  });
  onBeforeUnmount(() => clearInterval(timer));
  const said = computed(() => {
    const { step: n, loss, z, wanted } = now.value;
    const hits = z.filter((value, i) => value === 1 && wanted[i] === 1).length;
    return n === 0 ? 'theta is zero' : `step ${n}: ${hits} of 2 wanted items chosen, loss ${loss}`;
  });
  return () =>
    h('figure', { class: 'learning-picture' }, [
      picture(now.value, losses.value, said.value),
      h('figcaption', [
        h('span', said.value),
        h('button', { type: 'button', onClick: () => run(!running.value) }, running.value ? 'Pause' : 'Play'),
        h('button', { type: 'button', disabled: running.value, onClick: step }, 'Step'),
      ]),
    ]);
});

function picture(now: Learning, losses: readonly number[], said: string): VNode {
  const label = `Six items with a score theta each. Noise is added, the two highest are chosen, and theta moves towards the two that are wanted. ${said}.`;
  return h('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label }, [
    text(12, 38, 'chosen z'),
    text(12, baseline + 5, 'theta'),
    text(12, 288, 'wanted'),
    text(12, 324, 'loss'),
    h('line', { class: 'axis', x1: left, x2: right, y1: baseline, y2: baseline }),
    ...now.theta.map((_, i) => itemColumn(now, i)),
    h('polyline', {
      class: 'losses',
      points: losses
        .map((loss, i) => `${left + (i * (right - left)) / (roundLength - 1)},${328 - loss * 4}`)
        .join(' '),
    }),
  ]);
}

function itemColumn({ theta, noise, z, wanted, step }: Learning, i: number): VNode {
  const x = column(i);
  const [score, drawn] = [theta[i] as number, noise[i] as number];
  const top = clamp(baseline - score * unit);
  const noisy = clamp(baseline - (score + drawn) * unit);
  return h('g', [
    h('rect', {
      class: 'theta',
      x: x - 13,
      width: 26,
      rx: 2,
      y: Math.min(top, baseline),
      height: Math.max(1, Math.abs(baseline - top)),
    }),
    ...(step > 0
      ? [
          h('line', { class: 'noise', x1: x, x2: x, y1: top, y2: noisy }),
          h('circle', { class: 'noisy', cx: x, cy: noisy, r: 4.5 }),
        ]
      : []),
    h('circle', { class: z[i] === 1 ? 'choice on' : 'choice', cx: x, cy: 33, r: 11 }),
    h('circle', { class: wanted[i] === 1 ? 'wanted on' : 'wanted', cx: x, cy: 284, r: 7 }),
  ]);
}

function text(x: number, y: number, words: string): VNode {
  return h('text', { x, y }, words);
}
