/** The vocabulary of generated reviews: the name of each aspect, and its words from worst to best. */
export interface AspectWords {
  readonly name: string;
  /** Words for the subject of a sentence. */
  readonly nouns: readonly string[];
  /** Eleven words for the ratings 0, 0.1, ..., 1. */
  readonly scale: readonly string[];
}

const scale = (words: string): readonly string[] => words.split(' ');

/** Coffee reviews, so that they are not mistaken for beer reviews. */
export const aspectWords: readonly AspectWords[] = [
  {
    name: 'appearance',
    nouns: ['colour', 'crema', 'look', 'cup'],
    scale: scale('sooty murky drab cloudy pale brownish amber glossy coppery radiant gleaming'),
  },
  {
    name: 'aroma',
    nouns: ['aroma', 'nose', 'smell', 'scent'],
    scale: scale('rancid musty stale faint papery nutty toasty floral jasmine fragrant intoxicating'),
  },
  {
    name: 'palate',
    nouns: ['body', 'mouthfeel', 'texture', 'finish'],
    scale: scale('gritty chalky watery thin drying soft round creamy syrupy velvety silken'),
  },
  {
    name: 'taste',
    nouns: ['taste', 'flavour', 'sip', 'palate'],
    scale: scale('vile sour burnt bitter bland mild sweet fruity caramel luscious sublime'),
  },
];

export const fillers = scale(
  'the a and with of in this that it is was very rather quite some more then after before while still just ' +
    'again from my their we they brewed bought poured at on for morning kitchen kettle filter grinder bag beans ' +
    'roaster friend shop counter spoon saucer table water minutes degrees grams second third pot batch lid shelf ' +
    'label price week , .',
);
