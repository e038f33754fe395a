/** What readers search for, beside the words that the pages use for it. */
const synonyms: readonly (readonly [used: RegExp, sought: string])[] = [
  [/\blicen[cs]e\b/i, 'license licence MIT'],
  [
    /\bgradients?\b.*\bthrough\b|\bbackward\b|\bvector-Jacobian\b/i,
    'backpropagate backpropagation backprop autograd differentiate',
  ],
  [/\bGPU\b|\bWebGL\b|\bWebGPU\b/i, 'GPU CUDA graphics card accelerator'],
  [/\bBoltzmann\b|\bGibbs\b/i, 'softmax energy-based'],
  [/\bminimise\b/i, 'minimize'],
  [/\boptimiser\b/i, 'optimizer'],
];

/**
 * The text of a page that the search reads. Of the reference it reads headings alone: its many long pages would stand before
 * the guides for every word. Sections say the other words for what they are about.
 */
export function searchedText(html: string, path: string): string {
  const sections = html.split(/(?=<h[1-6][ >])/);
  if (path.startsWith('api/')) {
    return sections.flatMap((section) => /^<h[1-6][\s\S]*?<\/h[1-6]>/.exec(section) ?? []).join('\n');
  }
  return sections.map((section) => `${section}${otherWords(section)}`).join('');
}

function otherWords(section: string): string {
  const words = synonyms.filter(([used]) => used.test(section)).map(([, sought]) => sought);
  return words.length > 0 ? `<p>${words.join(' ')}</p>` : '';
}
