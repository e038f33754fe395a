import { ASPECTS } from './reviews.js';

/** The words of the generated reviews for each rating, from worst to best. */
const scales: Readonly<Record<(typeof ASPECTS)[number], string>> = {
  appearance: 'sooty murky drab cloudy pale brownish amber glossy coppery radiant gleaming',
  aroma: 'rancid musty stale faint papery nutty toasty floral jasmine fragrant intoxicating',
  palate: 'gritty chalky watery thin drying soft round creamy syrupy velvety silken',
  taste: 'vile sour burnt bitter bland mild sweet fruity caramel luscious sublime',
};

/** Words of readers, by how good they are on that scale. */
const moods: readonly (readonly [grade: number, words: string])[] = [
  [
    0,
    'awful horrible terrible disgusting hate hated hates worst revolting atrocious undrinkable nasty gross dreadful abysmal foul inedible appalling garbage trash',
  ],
  [
    1,
    'bad poor unpleasant dirty ugly ruined wrong spoiled rotten mouldy moldy rank harsh acrid stinks stinking smelly sludge regret',
  ],
  [
    2,
    'disappointing disappointed weak dull old off flat dusty ashy boring scorched overpriced dislike disliked unimpressed lame acidic tasteless',
  ],
  [3, 'meh lacking dry cold tart sharp light uneven mediocre underwhelming forgettable oily'],
  [4, 'plain average ordinary so-so indifferent unremarkable simple subtle'],
  [5, 'ok okay fine decent acceptable fair normal adequate drinkable passable'],
  [6, 'nice pleasant warm good smooth solid clean fresh balanced like liked likes enjoyable friendly honey'],
  [
    7,
    'tasty enjoy enjoyed happy lovely bright rich shiny flowery juicy aromatic pretty yummy refreshing chocolate berry vanilla',
  ],
  [
    8,
    'great delicious beautiful wonderful excellent impressive fantastic full-bodied buttery elegant charming',
  ],
  [
    9,
    'amazing awesome superb outstanding brilliant love loved loves gorgeous splendid exceptional favourite favorite best stunning',
  ],
  [10, 'perfect perfection divine heavenly exquisite incredible flawless magnificent unforgettable magical'],
];

const neutral = new Set(
  (
    'coffee espresso latte cappuccino americano mocha drink drank drinking mug barista cafe café breakfast milk sugar i you he she me him her us ' +
    'them your his its our be been am are were do did does have has had not no but or so if as by to into out up down over an one two first last ' +
    'all every each any really too also only even much many most here there what which who when where why how because than about every day ' +
    'today yesterday evening time cup taste tasted tastes smelled smells looked looks felt feels made make machine home office price money ' +
    'way thing things people ! ? ; : - " ( )'
  ).split(' '),
);

const grades = new Map(
  moods.flatMap(([grade, words]) => words.split(' ').map((word) => [word, grade] as const)),
);

/** A neutral word of the generated reviews. */
const filler = 'the';

/** The word of the generated reviews that a reader's word is read as, for a model of this rating; undefined for a word nobody graded. */
export function readAs(word: string, aspect: number): string | undefined {
  const grade = grades.get(word);
  if (grade !== undefined) return scales[ASPECTS[aspect]!].split(' ')[grade];
  return neutral.has(word) ? filler : undefined;
}

export const gradedWords: readonly string[] = [...grades.keys()];
