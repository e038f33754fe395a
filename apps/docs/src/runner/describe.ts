/** The part of a tensor that is shown. */
interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  arraySync(): unknown;
}

/** The number of characters that a value may still use; parts beyond them are not read. */
type Budget = { left: number };

const [maxItems, maxDepth, maxCharacters] = [48, 4, 5_000];

/** Formats a value for readers: tensors with their shapes, numbers to six digits, long lists and texts cut. */
export function describe(value: unknown): string {
  const budget = { left: maxCharacters };
  if (isTensor(value)) {
    const { shape, dtype } = value;
    return cut(`tensor [${shape.join(', ')}] ${dtype}\n${rows(value.arraySync(), '', budget)}`);
  }
  return cut(inOneLine(value, 0, budget));
}

export function cut(text: string): string {
  return text.length > maxCharacters
    ? `${text.slice(0, maxCharacters)} ... ${text.length - maxCharacters} more characters`
    : text;
}

/** One line for each row of a matrix; higher tensors as matrices one after the other. */
function rows(value: unknown, indent: string, budget: Budget): string {
  if (!Array.isArray(value) || !Array.isArray(value[0])) return `${indent}${inOneLine(value, 0, budget)}`;
  const shown: string[] = [];
  for (const row of value.slice(0, 12)) if (budget.left > 0) shown.push(rows(row, `${indent}  `, budget));
  if (value.length > shown.length) shown.push(`${indent}  ... ${value.length - shown.length} more`);
  return `${indent}[\n${shown.join('\n')}\n${indent}]`;
}

function inOneLine(value: unknown, depth: number, budget: Budget): string {
  if (value === null || typeof value !== 'object' || isTensor(value) || value instanceof Error) {
    const text = simple(value, depth);
    budget.left -= text.length + 2;
    return text;
  }
  if (depth >= maxDepth) return '...';
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = value as ArrayLike<unknown>;
    const { length = 0 } = list;
    const parts: string[] = [];
    for (let i = 0; i < Math.min(length, maxItems) && budget.left > 0; i++) {
      parts.push(inOneLine(list[i], depth + 1, budget));
    }
    if (length > parts.length) parts.push(`... ${length - parts.length} more`);
    return `[${parts.join(', ')}]`;
  }
  if (value instanceof Map || value instanceof Set) return collection(value, depth, budget);
  const names = Object.keys(value);
  const parts: string[] = [];
  for (const name of names.slice(0, maxItems)) {
    if (budget.left <= 0) break;
    budget.left -= name.length + 2;
    parts.push(`${name}: ${inOneLine((value as Record<string, unknown>)[name], depth + 1, budget)}`);
  }
  if (names.length > parts.length) parts.push(`... ${names.length - parts.length} more`);
  return `{ ${parts.join(', ')} }`;
}

function collection(value: Map<unknown, unknown> | Set<unknown>, depth: number, budget: Budget): string {
  const parts: string[] = [];
  for (const each of value) {
    if (parts.length >= maxItems || budget.left <= 0) break;
    const items = value instanceof Map ? (each as [unknown, unknown]) : [each];
    parts.push(items.map((item) => inOneLine(item, depth + 1, budget)).join(' => '));
  }
  if (value.size > parts.length) parts.push(`... ${value.size - parts.length} more`);
  return `${value instanceof Map ? 'Map' : 'Set'}(${value.size}) { ${parts.join(', ')} }`;
}

function simple(value: unknown, depth: number): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : shortened(value);
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(cut(value));
  if (typeof value === 'function') return `function ${value.name}`;
  if (isTensor(value)) return `tensor [${value.shape.join(', ')}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return String(value);
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
