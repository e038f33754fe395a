import { z } from 'zod';

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

/** Parses integers of at least `min`, separated by commas. */
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
