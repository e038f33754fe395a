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
    const picture = (name: string) => {
      const src = pictures[`../../pages/playgrounds/${name}.jpg`];
      return src ? h('img', { src, alt: '', loading: 'lazy' }) : null;
    };
    return () =>
      h(
        'div',
        { class: 'playground-cards' },
        cards.map(({ name, title, text }) =>
          h('a', { href: withBase(`/playgrounds/${name}.html`) }, [
            picture(name),
            h('strong', title),
            h('span', text),
          ]),
        ),
      );
  },
});
