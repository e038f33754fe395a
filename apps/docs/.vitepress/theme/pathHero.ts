import { computed, defineComponent, h, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import { learn, untrained } from '../../src/home/pathfinder.js';
import { height, pathPicture, said, width } from '../../src/home/pathPicture.js';

const pace = 550;
const lastStep = 26;
const label =
  'A map of meadow, forest, bog and rock, with the cheapest path from A to B and the path for the costs that a network has learned so far. Bars show these costs.';

/** The first page's picture: a network that learns what ground costs from shortest paths, with the real packages. */
export const PathHero = defineComponent(() => {
  const now = shallowRef(untrained());
  const running = ref(false);
  const figure = ref<HTMLElement>();
  let isSeen = true;
  let timer: ReturnType<typeof setInterval> | undefined;
  let watcher: IntersectionObserver | undefined;
  const step = () => {
    now.value = now.value.step < lastStep ? learn(now.value) : untrained();
  };
  const run = (on: boolean) => {
    clearInterval(timer);
    running.value = on;
    if (on) timer = setInterval(() => document.hidden || !isSeen || step(), pace);
  };
  onMounted(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still) for (let i = 0; i < lastStep; i += 1) step();
    watcher = new IntersectionObserver((entries) => {
      isSeen = entries.at(-1)?.isIntersecting ?? true;
    });
    if (figure.value) watcher.observe(figure.value);
    run(!still);
  });
  onBeforeUnmount(() => {
    clearInterval(timer);
    watcher?.disconnect();
  });
  const picture = computed(() => pathPicture(now.value));
  return () =>
    h('figure', { class: 'path-hero', ref: figure, 'data-step': now.value.step }, [
      h('svg', {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': label,
        innerHTML: picture.value,
      }),
      h('figcaption', [
        h('span', said(now.value)),
        h('span', { class: 'path-key' }, [
          h('span', { class: 'key-cheapest' }, 'cheapest path, true cost'),
          h('span', { class: 'key-found' }, 'learned'),
        ]),
        h('button', { type: 'button', onClick: () => run(!running.value) }, running.value ? 'Pause' : 'Play'),
        h('button', { type: 'button', disabled: running.value, onClick: step }, 'Step'),
        h('a', { href: 'playgrounds/shortest-path.html' }, 'Open the playground'),
      ]),
    ]);
});
