import { defineComponent, h, onBeforeUnmount, onMounted, ref } from 'vue';
import { shareable } from '../../src/controls/share.js';

/** What a playground's folder exports: it fills the element, and returns a function that removes everything. */
type PlaygroundModule = { readonly default: (element: HTMLElement) => () => void };

const playgrounds = import.meta.glob<PlaygroundModule>('../../src/playgrounds/*/index.ts');

/** Loads a playground when its page is open in a browser, and disposes it when the reader leaves. */
export const Playground = defineComponent({
  props: { name: { type: String, required: true } },
  setup({ name }) {
    const element = ref<HTMLElement>();
    const problem = ref('');
    let dispose: (() => void) | undefined;
    let gone = false;
    onMounted(async () => {
      const load = playgrounds[`../../src/playgrounds/${name}/index.ts`];
      if (!load) {
        problem.value = `There is no playground named ${name}.`;
        return;
      }
      try {
        const { default: mount } = await load();
        if (gone || !element.value) return;
        const ends = [mount(element.value), shareable(element.value)];
        dispose = () => {
          for (const end of ends) end();
        };
      } catch (error) {
        problem.value = `This playground could not start: ${(error as Error).message}`;
      }
    });
    onBeforeUnmount(() => {
      gone = true;
      dispose?.();
    });
    return () =>
      problem.value
        ? h('p', { class: 'playground-missing', role: 'alert' }, problem.value)
        : h('div', { class: 'playground', ref: element, 'data-playground': name });
  },
});
