import type { JsonValue } from '@aimle/training';

/** Words whose spelling differs from the identifier. */
const spellings: Readonly<Record<string, string>> = {
  aimle: 'AIMLE',
  bce: 'BCE',
  elbo: 'ELBO',
  gumbel: 'Gumbel',
  imle: 'IMLE',
  kl: 'KL',
  nll: 'NLL',
};

/** Spells an identifier out, such as `learningRate` as `learning rate`, or takes its title from the run's settings. */
export function worded(identifier: string, titles: Readonly<Record<string, string>> = {}): string {
  return (
    titles[identifier] ??
    identifier
      .replace(/[_/]/g, ' ')
      .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
      .replace(/[a-z0-9]+/g, (word) => spellings[word] ?? word)
  );
}

/** Formats the value of a setting. */
export function settingText(value: JsonValue, titles: Readonly<Record<string, string>> | undefined): string {
  if (typeof value === 'string') return /^[a-z0-9-]+$/.test(value) ? worded(value, titles) : value; // others are paths
  if (typeof value === 'number') return plain(value);
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

/** Formats a measured number with about four digits. */
export function measured(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return scientific(value);
  return value.toLocaleString(
    'en-GB',
    size >= 10 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 4 },
  );
}

/** Formats a count or a tick of an axis: thousands separated, at most six digits. */
export function plain(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return scientific(value);
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 6 });
}

/** Formats 0.00012 as 1.2 × 10⁻⁴. */
function scientific(value: number): string {
  const [digits, power] = value.toExponential(1).split('e') as [string, string];
  const raised = [...String(Number(power))]
    .map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]))
    .join('');
  const mantissa = digits.replace(/\.0$/, '');
  return mantissa === '1' ? `10${raised}` : `${mantissa} × 10${raised}`;
}

/** Formats 4021 seconds as 1 h 7 min, with no-break spaces. */
export function duration(seconds: number): string {
  const rounded = seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
  const [hours, minutes] = [Math.floor(rounded / 3600), Math.floor((rounded % 3600) / 60)];
  const parts =
    hours > 0
      ? [`${hours} h`, `${minutes} min`]
      : minutes > 0
        ? [`${minutes} min`, `${rounded % 60} s`]
        : [`${rounded} s`];
  return parts.join(' ').replaceAll(' ', '\u00a0');
}

/**
 * Formats a mean with its standard error: two significant digits of the error, and as many decimals of the mean.
 *
 * @example
 * ```ts
 * import { withError } from '@aimle/report';
 *
 * withError({ mean: 0.94712, error: 0.0123 }); // => '0.947 ± 0.012'
 * ```
 */
export function withError({ mean, error }: { readonly mean: number; readonly error: number }): string {
  // Equal numbers have a standard error from rounding only.
  if (error <= 1e-9 * Math.abs(mean)) return mean.toFixed(4);
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(error))));
  return `${mean.toFixed(decimals)} ± ${error.toFixed(decimals)}`;
}
