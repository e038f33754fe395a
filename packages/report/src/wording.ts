/** Names of numbers as a reader wants them; whatever is not here is told apart from its identifier. */
const names: Readonly<Record<string, string>> = {
  negative_elbo: 'negative ELBO',
  bce: 'reconstruction (BCE)',
  kl: 'KL divergence',
  official_loss: 'official loss',
  elbo: 'ELBO',
  nll: 'negative log-likelihood',
  'official/elbo': 'official ELBO',
};

/**
 * `negative_elbo` becomes `negative ELBO`, `learningRate` becomes `learning rate`.
 *
 * @param titles - what a run calls its task, its settings and their values.
 */
export function worded(identifier: string, titles: Readonly<Record<string, string>> = {}): string {
  return (
    titles[identifier] ??
    names[identifier] ??
    identifier
      .replace(/[_/]/g, ' ')
      .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  );
}

/** A measured number with the digits worth reading. */
export function measured(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return scientific(value);
  return value.toLocaleString(
    'en-GB',
    size >= 10 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 4 },
  );
}

/** A count or a tick of an axis: thousands set apart, no digits that say nothing. */
export function plain(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return scientific(value);
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 6 });
}

/** 0.00012 becomes 1.2 × 10⁻⁴. */
function scientific(value: number): string {
  const [digits, power] = value.toExponential(1).split('e') as [string, string];
  const raised = [...String(Number(power))]
    .map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]))
    .join('');
  const mantissa = digits.replace(/\.0$/, '');
  return mantissa === '1' ? `10${raised}` : `${mantissa} × 10${raised}`;
}

/** 4021 seconds become 1 h 7 min, which no line end separates. */
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
