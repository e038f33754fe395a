/** What the picker asks, and what may be answered; the first answer stands until the reader gives another. */
export const questions = {
  loss: {
    text: 'What does your loss read?',
    answers: {
      states: 'the chosen states',
      probabilities: 'marginals, entropies or divergences',
    },
  },
  target: {
    text: 'Do you know the right state for each input?',
    answers: { no: 'no', yes: 'yes' },
  },
  structure: {
    text: 'What kind of structure is it?',
    answers: {
      solver: 'one with only a solver: paths with cycles, matchings, tours, programs, your own',
      distribution: 'subsets, trees, chains, segmentations, knapsacks, paths without cycles',
      few: 'any, with at most a few thousand states',
    },
  },
  samples: {
    text: 'How many samples can you afford per step?',
    answers: {
      few: 'one to ten',
      many: 'a hundred or more',
      values: 'many, and the loss has no gradient',
    },
  },
} as const;

export type Answers = { [Name in keyof typeof questions]: keyof (typeof questions)[Name]['answers'] };

/** The headings of the page's answers, as parts of an address. */
export type Advice =
  | 'differentiable'
  | 'fenchelyoung'
  | 'exactexpectation'
  | 'simple'
  | 'scorefunction'
  | 'aimle'
  | 'perturbedscorefunction';

export const unanswered: Answers = { loss: 'states', target: 'no', structure: 'solver', samples: 'few' };

export function advise({ loss, target, structure, samples }: Answers): Advice {
  if (loss === 'probabilities' && structure !== 'solver') return 'differentiable';
  if (target === 'yes') return 'fenchelyoung';
  if (structure === 'few') return 'exactexpectation';
  if (structure === 'solver') return samples === 'values' ? 'perturbedscorefunction' : 'aimle';
  return samples === 'few' ? 'simple' : 'scorefunction';
}

/** The answers in an address; what is missing or unknown is unanswered. */
export function answersIn(search: string): Answers {
  const given = new URLSearchParams(search);
  const found = Object.entries(questions).map(([name, { answers }]) => {
    const answer = given.get(name);
    return [name, answer !== null && answer in answers ? answer : unanswered[name as keyof Answers]];
  });
  return Object.fromEntries(found) as Answers;
}

/** All that can be answered. */
export function everyAnswer(): Answers[] {
  return Object.entries(questions).reduce<Answers[]>(
    (known, [name, { answers }]) =>
      known.flatMap((each) => Object.keys(answers).map((value) => ({ ...each, [name]: value }))),
    [unanswered],
  );
}

export function addressOf(answers: Answers): string {
  return `?${new URLSearchParams(answers)}`;
}
