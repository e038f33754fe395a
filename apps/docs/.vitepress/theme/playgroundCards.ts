import { withBase } from 'vitepress';
import { defineComponent, h, type PropType } from 'vue';

interface Card {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

const pictures = import.meta.glob<string>('../../pages/playgrounds/*.jpg', {
  eager: true,
  import: 'default',
  query: '?url',
});

/** Playgrounds with a picture of each. */
export const PlaygroundCards = defineComponent({
  props: { cards: { type: Array as PropType<Card[]>, required: true } },
  setup({ cards }) {
    return () =>
      h(
        'div',
        { class: 'playground-cards' },
        cards.map(({ name, title, text }) =>
          h('a', { href: withBase(`/playgrounds/${name}.html`) }, [
            h('img', { src: pictures[`../../pages/playgrounds/${name}.jpg`], alt: '', loading: 'lazy' }),
            h('strong', title),
            h('span', text),
          ]),
        ),
      );
  },
});
