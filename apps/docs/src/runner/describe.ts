/** The part of a tensor that is shown. */
interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  arraySync(): unknown;
}

const [most, deepest] = [48, 4];

/** A value as a reader wants to see it: tensors with their shapes, numbers to six digits, long lists cut short. */
export function describe(value: unknown): string {
  if (isTensor(value)) {
    const { shape, dtype } = value;
    return `tensor [${shape.join(', ')}] ${dtype}\n${rows(value.arraySync(), '')}`;
  }
  return inOneLine(value, 0);
}

/** One line for each row of a matrix; higher tensors as matrices one after the other. */
function rows(value: unknown, indent: string): string {
  if (!Array.isArray(value) || !Array.isArray(value[0])) return `${indent}${inOneLine(value, 0)}`;
  const shown = value.slice(0, 12).map((row) => rows(row, `${indent}  `));
  if (value.length > shown.length) shown.push(`${indent}  ... ${value.length - shown.length} more`);
  return `${indent}[\n${shown.join('\n')}\n${indent}]`;
}

function inOneLine(value: unknown, depth: number): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : shortened(value);
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (isTensor(value)) return `tensor [${value.shape.join(', ')}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (depth >= deepest) return '...';
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = Array.from(value as ArrayLike<unknown>);
    const parts = list.slice(0, most).map((each) => inOneLine(each, depth + 1));
    if (list.length > most) parts.push(`... ${list.length - most} more`);
    return `[${parts.join(', ')}]`;
  }
  const fields = Object.entries(value).slice(0, most);
  return `{ ${fields.map(([name, field]) => `${name}: ${inOneLine(field, depth + 1)}`).join(', ')} }`;
}

function shortened(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}

function isTensor(value: unknown): value is TensorLike {
  return (
    value !== null &&
    typeof value === 'object' &&
    'arraySync' in value &&
    'dtype' in value &&
    Array.isArray((value as { shape?: unknown }).shape)
  );
}
