import { RequestError } from '@aimle/training/errors';
import { z } from 'zod';
import { suggestion } from './suggestion.js';

/** An integer of at least `least`, from the text of an option. */
export function whole(option: string, least: number) {
  return number(
    option,
    `an integer of at least ${least}`,
    (value) => Number.isSafeInteger(value) && value >= least,
  );
}

/** A finite number above 0, from the text of an option. */
export function positive(option: string) {
  return number(option, 'a number above 0', (value) => Number.isFinite(value) && value > 0);
}

/** One word of a list. */
export function oneOf<Word extends string>(option: string, words: readonly [Word, ...Word[]]) {
  return z.enum(words, {
    error: ({ input }) =>
      `${option} must be one of ${words.join(', ')}, got ${JSON.stringify(input)}${suggestion(String(input), words)}`,
  });
}

function number(option: string, constraint: string, holds: (value: number) => boolean) {
  return z
    .string()
    .refine((text) => text.trim() !== '' && holds(Number(text)), {
      error: ({ input }) => `${option} must be ${constraint}, got ${JSON.stringify(input)}`,
    })
    .transform(Number);
}

/**
 * Options as commander hands them over, checked and converted.
 *
 * @throws {@link RequestError} with one line for each option that is wrong.
 */
export function parsed<Options>(schema: z.ZodType<Options>, raw: unknown): Options {
  const outcome = schema.safeParse(raw);
  if (outcome.success) return outcome.data;
  throw new RequestError(outcome.error.issues.map(({ message }) => message).join('\n'));
}
