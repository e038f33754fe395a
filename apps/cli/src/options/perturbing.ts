import { RequestError } from '@aimle/training/errors';

/** What AIMLE and IMLE are told of their second perturbation. */
interface PerturbingOptions {
  readonly difference?: 'central' | 'forward' | undefined;
  readonly perturbation?: Perturbation | undefined;
  readonly lambda?: number | undefined;
}

type Perturbation = 'noise-scaled' | 'paper' | 'fixed';

/** What each of them takes as its difference where nothing else is asked for. */
const usualDifference: Readonly<Record<string, 'central' | 'forward'>> = {
  aimle: 'central',
  imle: 'forward',
};

/** Written down, so that a run says what it did without knowing the defaults of the day; nothing for other methods. */
export function differenceOf(method: string): { difference?: 'central' | 'forward' } {
  const difference = usualDifference[method];
  return difference === undefined ? {} : { difference };
}

/**
 * The perturbation that is used: IMLE knows a fixed one only, and a size given by hand is one.
 *
 * @throws {@link RequestError} when what is asked for contradicts itself.
 */
export function perturbationOf(
  method: string,
  preset: Perturbation,
  { perturbation, lambda }: PerturbingOptions,
): Perturbation {
  if (usualDifference[method] === undefined) return preset;
  if (perturbation !== undefined && perturbation !== 'fixed') {
    if (method === 'imle') {
      throw new RequestError(
        `--perturbation must be fixed with --method imle, got "${perturbation}"; leave it out, or take --method aimle`,
      );
    }
    if (lambda !== undefined) {
      throw new RequestError(
        `--lambda fixes the perturbation, and --perturbation ${perturbation} adapts it; leave one out`,
      );
    }
  }
  return method === 'imle' || lambda !== undefined ? 'fixed' : (perturbation ?? preset);
}

/** The settings of the paper's controller, which no other perturbation reads. */
const ofController = ['alphaStep', 'changedTarget'];

/**
 * @param reads - the options that only AIMLE and IMLE read.
 * @throws {@link RequestError} when something was asked for that the run would never read.
 */
export function refuseIdle<Name extends string>(
  method: string,
  perturbation: Perturbation,
  options: { readonly [N in Name]?: unknown },
  reads: readonly Name[],
  settings: Readonly<Record<string, unknown>>,
): void {
  const controller = ofController.find((name) => name in settings);
  if (usualDifference[method] === undefined) {
    const idle = reads.find((name) => options[name] !== undefined) ?? (controller && `set ${controller}`);
    if (idle === undefined) return;
    throw new RequestError(
      `--${idle} does nothing with --method ${method}, which perturbs nothing; leave one out`,
    );
  }
  if (controller !== undefined && perturbation !== 'paper') {
    throw new RequestError(
      `--set ${controller} does nothing with --perturbation ${perturbation}; only --method aimle with ` +
        '--perturbation paper reads it',
    );
  }
}
