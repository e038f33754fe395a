/**
 * Compares measures of the spread of g where states vary in size, and of the width of skewed noise. `...
 * bench/widths.ts [structures|noises] [seeds] [name]`.
 */
import { noiseScaled } from '@aimle/estimators';
import {
  foldIn,
  gumbel,
  key,
  logistic,
  type Noise,
  normal,
  sumOfGamma,
  sumOfGammaDistribution,
} from '@aimle/random';
import { assignment, atMostK, bernoulli, knapsack, type Solver, segmentation } from '@aimle/solvers';
import {
  conditionalGradient,
  gumbelDensity,
  kSubset,
  linearLoss,
  type Problem,
  policyRule,
  quadraticLoss,
  randomState,
  type StudyStructure,
  spreadAboutMean,
  spreadAboutZero,
  tree,
} from '../src/index.js';
import { measureCosines } from '../src/regret/cosines.js';
import { regretsOf } from '../src/regret/regret.js';

const [what = 'structures', seedsText = '16', only = ''] = process.argv.slice(2);
const seeds = Number(seedsText);
const measurement = { rows: 500, samples: [1, 10, 100], modes: ['forward', 'central'] as const };

/** Makes a structure that has only a solver and no exact gradient. */
const solved = (name: string, solver: Solver): StudyStructure => ({
  name,
  size: solver.size,
  distribution: solver as StudyStructure['distribution'],
  gumbelGradient: null,
});

/** sqrt(Var <g, z> / trace Cov z) over states of pure noise: the spread of g along what can change. */
function spreadOverStates({ distribution: solver, size }: StudyStructure): (g: Float32Array) => number {
  const states = 400;
  const theta = new Float32Array(states * size);
  gumbel().fill(key('states'), theta);
  const z = new Float32Array(states * size);
  solver.solve(theta, z, states);
  const centre = new Float64Array(size);
  for (let at = 0; at < z.length; at++) centre[at % size]! += z[at]! / states;
  let trace = 0;
  for (let at = 0; at < z.length; at++) trace += (z[at]! - centre[at % size]!) ** 2;
  return (g) => {
    let variance = 0;
    const rows = g.length / size;
    // A few rows are enough for their mean.
    const step = Math.max(1, Math.floor(rows / 10));
    let counted = 0;
    for (let row = 0; row < rows; row += step, counted++) {
      for (let s = 0; s < states; s++) {
        let along = 0;
        for (let i = 0; i < size; i++) along += g[row * size + i]! * (z[s * size + i]! - centre[i]!);
        variance += along * along;
      }
    }
    return Math.sqrt(variance / counted / trace);
  };
}

/** E|e - e'| of two draws, scaled so that Gumbel noise keeps its standard deviation. */
function meanDifference(noise: Noise): number {
  const draws = new Float32Array(200_000);
  noise.fill(key('width'), draws);
  let sum = 0;
  for (let i = 0; i < draws.length; i += 2) sum += Math.abs(draws[i]! - draws[i + 1]!);
  return ((sum / (draws.length / 2)) * gumbel().std) / (2 * Math.LN2);
}

function report(
  name: string,
  problems: readonly Problem[],
  noise: Noise,
  density: (x: number) => number,
  rules: Parameters<typeof measureCosines>[1],
): void {
  const exercises = problems.map((problem, seed) => ({
    problem,
    truths: [conditionalGradient(problem, { noise, density }, foldIn(key('truth'), seed), 4000).gradient],
  }));
  const cells = measureCosines(exercises, rules, { ...measurement, noise, key: key(1) });
  const line = { variant: name, structure: '', cells: cells.map((cell) => regretsOf(cell, rules)) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

if (what === 'structures') {
  const structures = [
    kSubset(10, 5),
    tree(5),
    solved('assignment 4', assignment({ left: 4, right: 4 })),
    solved('10 bits', bernoulli({ size: 10 })),
    solved('at most 3 of 10', atMostK({ size: 10, k: 3 })),
    solved('knapsack 10', knapsack({ weights: [1, 2, 3, 4, 5, 1, 2, 3, 4, 5], capacity: 12 })),
    solved('segmentation 6', segmentation({ length: 6, maxLength: 3, labels: 2 })),
  ];
  for (const structure of structures.filter(({ name }) => name.includes(only))) {
    for (const loss of ['|z-b|^2', '<c,z>', '<c+2,z>']) {
      const problems = Array.from({ length: seeds }, (_, seed): Problem => {
        const rng = randomState(seed);
        const theta = rng.normals(structure.size);
        const c = rng.normals(structure.size);
        const shift = loss === '<c+2,z>' ? 2 : 0;
        const chosen =
          loss === '|z-b|^2' ? quadraticLoss(c.map(Math.abs)) : linearLoss(c.map((value) => value + shift));
        return { structure, theta, loss: chosen, temperature: 1 };
      });
      report(`${structure.name}, ${loss}`, problems, gumbel(), gumbelDensity, [
        policyRule('about mean', noiseScaled(), { direction: 'plain', spread: spreadAboutMean }),
        policyRule('about zero', noiseScaled(), { direction: 'plain', spread: spreadAboutZero }),
        policyRule('over states', noiseScaled(), { direction: 'plain', spread: spreadOverStates(structure) }),
        policyRule('plain', noiseScaled(), { direction: 'plain', warmUp: 20 }),
        policyRule('corrected', noiseScaled(), { warmUp: 100 }),
      ]);
    }
  }
} else {
  const gamma = (kappa: number) => ({
    noise: sumOfGamma({ kappa }),
    density: sumOfGammaDistribution({ kappa }).density,
  });
  const gauss = { noise: normal(), density: (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) };
  const sech = { noise: logistic(), density: (x: number) => 1 / (2 + 2 * Math.cosh(x)) };
  const cases = [
    { structure: kSubset(10, 5), label: 'normal', ...gauss },
    { structure: kSubset(50, 1), label: 'normal', ...gauss },
    { structure: kSubset(10, 5), label: 'logistic', ...sech },
    { structure: kSubset(10, 5), label: 'sum of gamma 5', ...gamma(5) },
    { structure: kSubset(20, 10), label: 'sum of gamma 10', ...gamma(10) },
    { structure: kSubset(50, 1), label: 'sum of gamma 10', ...gamma(10) },
    { structure: tree(5), label: 'sum of gamma 4', ...gamma(4) },
  ];
  for (const { structure, label, noise, density } of cases.filter((each) =>
    `${each.structure.name}, ${each.label}`.includes(only),
  )) {
    const problems = Array.from({ length: seeds }, (_, seed): Problem => {
      const rng = randomState(seed);
      const theta = rng.normals(structure.size);
      return {
        structure,
        theta,
        loss: quadraticLoss(rng.normals(structure.size).map(Math.abs)),
        temperature: 1,
      };
    });
    report(`${structure.name}, ${label}`, problems, noise, density, [
      policyRule('plain', noiseScaled(), { direction: 'plain' }),
      policyRule('plain, mean difference', noiseScaled(), {
        direction: 'plain',
        width: meanDifference(noise),
      }),
      policyRule('corrected', noiseScaled(), { warmUp: 100 }),
      policyRule('corrected, mean difference', noiseScaled(), { warmUp: 100, width: meanDifference(noise) }),
    ]);
  }
}
