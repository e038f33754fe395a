import { custom } from '@aimle/solvers';
import { linearProgram } from '@aimle/solvers/program';
import { solved } from '../drawing.js';
import { items } from './pictures/items.js';
import { type Structure, scores } from './structure.js';

const names = scores.map((_, i) => `x${i}`);
const independent = await linearProgram({
  model: `Maximize\n obj: ${names.join(' + ')}\nSubject To\n${names
    .slice(1)
    .map((name, i) => ` pair${i}: ${names[i]} + ${name} <= 1`)
    .join('\n')}\nBinary\n ${names.join(' ')}\nEnd`,
  kappa: 3,
});

/** What a user describes: by a function, or by constraints. */
export const ownStructures: readonly Structure[] = [
  {
    page: 'custom',
    title: 'Your own function',
    names: ['custom'],
    distributions: ['enumerated'],
    caption: 'Eight scores, and the best two neighbours, found by a function of five lines.',
    picture(caption) {
      const pair = custom({
        size: 8,
        kappa: 2,
        solve(theta) {
          const values = Array.from({ length: 7 }, (_, i) => theta[i]! + theta[i + 1]!);
          const best = values.indexOf(Math.max(...values));
          return theta.map((_, i) => +(i === best || i === best + 1));
        },
      });
      return items(caption, scores, solved(pair, scores));
    },
  },
  {
    page: 'program',
    title: 'Your own constraints',
    names: ['linearProgram'],
    importedFrom: '@aimle/solvers/program',
    cost: '0.1 to 1 ms for some hundred variables; exponential in the worst case if some must be integers',
    distributions: ['enumerated'],
    caption: 'Eight scores, and the best set without two neighbours.',
    picture: (caption) => items(caption, scores, solved(independent, scores)),
  },
];
