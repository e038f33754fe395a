import { formulasSetApart } from '../text.js';
import type { Entry } from './entries.js';

/** Headings that every name has: as headings they would fill the outline and the search with noise. */
const repeated = [
  'Call Signature',
  'Default Value',
  'Example',
  'Examples',
  'Extended by',
  'Extends',
  'Implements',
  'Index Signature',
  'Methods',
  'Overrides',
  'Inherited from',
  'Parameters',
  'Properties',
  'Returns',
  'See',
  'Throws',
  'Type Declaration',
  'Type declaration',
  'Type Parameters',
].join('|');

/** A page of the reference from what TypeDoc wrote. */
export function referencePage(entry: Entry, raw: string): string {
  const body = withAnchors(raw)
    .replace(/^# .*$/m, '')
    .replaceAll('__namedParameters', 'options')
    .replace(new RegExp(`^#{3,6} (${repeated})$`, 'gm'), '**$1**');
  const intro = entry.description === '' ? [] : [entry.description];
  const front = `---\noutline: [2, 3]\npageClass: dense\n---`;
  return [front, `# ${entry.name}`, ...intro, formulasSetApart(body), ''].join('\n\n');
}

/** TypeDoc numbers what shares its name with something that is not on the page: such a link goes to what is. */
function withAnchors(raw: string): string {
  const headings = [...raw.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replace(/[^\w]+/g, ''),
  );
  return raw.replace(/\]\(#(\w+)-(\d+)\)/g, (whole, name: string, number: string) => {
    const namesakes = headings.filter((heading) => heading === name).length;
    return namesakes > Number(number) || namesakes === 0 ? whole : `](#${name})`;
  });
}

export function indexPage(entries: readonly Entry[]): string {
  const rows = entries.map(
    ({ name, page, description }) =>
      `- [\`${name}\`](/api/${page})${description === '' ? '' : `: ${description}`}`,
  );
  return [
    '# Reference',
    'Everything that the packages export, from their docstrings. The test suite runs every example on these pages.',
    rows.join('\n'),
    '',
  ].join('\n\n');
}
