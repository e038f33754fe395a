import { defineComponent, h, onBeforeUnmount, onMounted, ref } from 'vue';
import { mount } from '../../src/runner/mount.js';

/** An example that a page shows in its slot, with buttons that run it on the reader's machine. */
export const Runnable = defineComponent({
  props: { name: { type: String, required: true }, code: { type: String, required: true } },
  setup({ name, code }, { slots }) {
    const printed = ref<HTMLElement>();
    const controls = ref<HTMLElement>();
    let dispose: (() => void) | undefined;
    onMounted(() => {
      if (printed.value && controls.value) {
        dispose = mount(controls.value, { name, code: decodeURIComponent(code), printed: printed.value });
      }
    });
    onBeforeUnmount(() => dispose?.());
    return () =>
      h('section', { class: 'runnable', 'aria-label': `Example ${name}`, 'data-example': name }, [
        h('div', { ref: printed }, slots['default']?.()),
        h('div', { class: 'runnable-controls', ref: controls }),
      ]);
  },
});
