import { z } from 'zod';
import { UsageError } from '../failure.js';
import { suggestion } from './suggestion.js';

/** An integer of at least `least`, from the text of an option. */
export function whole(option: string, least: number) {
  const holds = (value: number) => Number.isSafeInteger(value) && value >= least;
  return z
    .string()
    .refine((text) => text.trim() !== '' && holds(Number(text)), {
      error: ({ input }) => `${option} must be an integer of at least ${least}, got ${JSON.stringify(input)}`,
    })
    .transform(Number);
}

/** One word of a list. */
export function oneOf<Word extends string>(option: string, words: readonly [Word, ...Word[]]) {
  return z.enum(words, {
    error: ({ input }) =>
      `${option} must be one of ${words.join(', ')}, got ${JSON.stringify(input)}${suggestion(String(input), words)}`,
  });
}

/**
 * Options as commander hands them over, checked and converted.
 *
 * @throws {@link UsageError} with one line for each option that is wrong.
 */
export function parsed<Options>(schema: z.ZodType<Options>, raw: unknown): Options {
  const outcome = schema.safeParse(raw);
  if (outcome.success) return outcome.data;
  throw new UsageError(outcome.error.issues.map(({ message }) => message).join('\n'));
}
