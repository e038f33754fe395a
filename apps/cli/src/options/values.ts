import { RequestError } from '@aimle/training/errors';
import { z } from 'zod';

export function integer(option: string, min: number) {
  return z
    .string()
    .refine((text) => isInteger(text, min), {
      error: ({ input }) => `${option} must be an integer of at least ${min}, got ${JSON.stringify(input)}`,
    })
    .transform(Number);
}

export function fileNamed(option: string, extension: string) {
  return z.string().endsWith(extension, {
    error: ({ input }) => `${option} must be a ${extension} file, got ${JSON.stringify(input)}`,
  });
}

/** Parses names separated by commas; none may be empty. */
export function names(option: string) {
  return z
    .string()
    .transform((text) => text.split(',').map((word) => word.trim()))
    .refine((list) => list.every((word) => word !== ''), {
      error: ({ input }) =>
        `${option} must be names separated by commas, got ${JSON.stringify((input as string[]).join(','))}`,
    });
}

export function integers(option: string, min: number) {
  return z
    .string()
    .refine((text) => text.split(',').every((part) => isInteger(part, min)), {
      error: ({ input }) =>
        `${option} must be integers of at least ${min} separated by commas, got ${JSON.stringify(input)}`,
    })
    .transform((text) => text.split(',').map(Number));
}

const isInteger = (text: string, min: number): boolean =>
  text.trim() !== '' && Number.isSafeInteger(Number(text)) && Number(text) >= min;

export function oneOf<Name extends string>(option: string, names: readonly [Name, ...Name[]]) {
  return z.enum(names, {
    error: ({ input }) =>
      `${option} must be one of ${names.join(', ')}, got ${JSON.stringify(input)}${suggestion(String(input), names)}`,
  });
}

/** Checks and converts options as commander passes them; an error has one line for each option that is wrong. */
export function parsed<Options>(schema: z.ZodType<Options>, raw: unknown): Options {
  const outcome = schema.safeParse(raw);
  if (outcome.success) return outcome.data;
  throw new RequestError(outcome.error.issues.map(({ message }) => message).join('\n'));
}

/** Returns `; did you mean X?` for the known word nearest to a mistyped one, or an empty string if none is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : `; did you mean ${found}?`;
}

/** Finds the known word nearest to a mistyped one; undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [first] = known
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return first?.candidate;
}

/** The smallest number of letters to insert, delete or replace to turn one word into the other (Levenshtein 1966). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
