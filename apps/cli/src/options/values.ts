import { RequestError } from '@aimle/training/errors';
import { z } from 'zod';
import { suggestion } from './suggestion.js';

/** Parses an integer of at least `min`. */
export function integer(option: string, min: number) {
  const holds = (value: number) => Number.isSafeInteger(value) && value >= min;
  return z
    .string()
    .refine((text) => text.trim() !== '' && holds(Number(text)), {
      error: ({ input }) => `${option} must be an integer of at least ${min}, got ${JSON.stringify(input)}`,
    })
    .transform(Number);
}

/** Parses one of a list of names. */
export function oneOf<Name extends string>(option: string, names: readonly [Name, ...Name[]]) {
  return z.enum(names, {
    error: ({ input }) =>
      `${option} must be one of ${names.join(', ')}, got ${JSON.stringify(input)}${suggestion(String(input), names)}`,
  });
}

/**
 * Checks and converts options as commander passes them.
 *
 * @throws {@link RequestError} with one line for each option that is wrong.
 */
export function parsed<Options>(schema: z.ZodType<Options>, raw: unknown): Options {
  const outcome = schema.safeParse(raw);
  if (outcome.success) return outcome.data;
  throw new RequestError(outcome.error.issues.map(({ message }) => message).join('\n'));
}
