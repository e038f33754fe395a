import { z } from 'zod';

/** Words with commas between, from the text of an option; none of them empty. */
export function words(option: string) {
  return z
    .string()
    .transform((text) => text.split(',').map((word) => word.trim()))
    .refine((list) => list.every((word) => word !== ''), {
      error: ({ input }) =>
        `${option} must be names with commas between, got ${JSON.stringify((input as string[]).join(','))}`,
    });
}

/** Integers of at least `least` with commas between, from the text of an option. */
export function wholes(option: string, least: number) {
  return z
    .string()
    .refine((text) => text.split(',').every((part) => isWhole(part, least)), {
      error: ({ input }) =>
        `${option} must be integers of at least ${least} with commas between, got ${JSON.stringify(input)}`,
    })
    .transform((text) => text.split(',').map(Number));
}

const isWhole = (text: string, least: number): boolean =>
  text.trim() !== '' && Number.isSafeInteger(Number(text)) && Number(text) >= least;
