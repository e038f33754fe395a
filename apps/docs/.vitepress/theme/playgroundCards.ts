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

/** Playgrounds with a picture of each, light or dark as the page. */
export const PlaygroundCards = defineComponent({
  props: { cards: { type: Array as PropType<Card[]>, required: true } },
  setup({ cards }) {
    const picture = (name: string, scheme: string) =>
      h('img', {
        class: scheme,
        src: pictures[`../../pages/playgrounds/${name}-${scheme}.jpg`],
        alt: '',
        loading: 'lazy',
      });
    return () =>
      h(
        'div',
        { class: 'playground-cards' },
        cards.map(({ name, title, text }) =>
          h('a', { href: withBase(`/playgrounds/${name}.html`) }, [
            picture(name, 'light'),
            picture(name, 'dark'),
            h('strong', title),
            h('span', text),
          ]),
        ),
      );
  },
});
