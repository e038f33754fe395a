import { RequestError } from '@aimle/training/errors';
import { suggestion } from './suggestion.js';

/**
 * Reads `NAME=VALUE` pairs, each for a setting of a preset and of that setting's type.
 *
 * @param reserved Settings that are set by an option of their own.
 * @throws {@link RequestError} when a setting is unknown or its value does not fit.
 */
export function assignments(
  pairs: readonly string[],
  preset: object,
  reserved: readonly string[],
): Record<string, unknown> {
  const known = Object.keys(preset).filter((name) => !reserved.includes(name));
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, text] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || text === undefined) {
        throw new RequestError(`--set must be NAME=VALUE, such as batchSize=50, got ${JSON.stringify(pair)}`);
      }
      if (reserved.includes(name)) throw new RequestError(`--set ${name}: use --${name} ${text}`);
      if (!known.includes(name)) {
        throw new RequestError(
          `--set has no setting ${name}${suggestion(name, known)}; there are ${known.join(', ')}`,
        );
      }
      return [name, valueLike(Object.entries(preset).find(([key]) => key === name)![1], name, text)];
    }),
  );
}

/** The value that `text` stands for, of the type that `example` has: a word, a number, or a list of numbers. */
function valueLike(example: unknown, name: string, text: string): unknown {
  if (typeof example === 'string') return text;
  const list = Array.isArray(example);
  const values = (list ? text.replace(/^\[|\]$/g, '').split(',') : [text]).map((part) =>
    part.trim() === '' ? Number.NaN : Number(part),
  );
  if (values.every(Number.isFinite)) return list ? values : values[0];
  throw new RequestError(
    `--set ${name} must be ${list ? 'numbers with commas between' : 'a number'}, got ${JSON.stringify(text)}`,
  );
}
