import { html } from './html.js';
import { htmlPage, replaceFile } from './htmlPage.js';

/** A text, and the words of it that a model chose. */
export interface ExplainedText {
  /** What was predicted, such as `aroma: 0.71 of 1`. */
  readonly title: string;
  readonly words: readonly {
    readonly word: string;
    readonly chosen?: boolean;
    /** Whether the model has never seen the word. */
    readonly unknown?: boolean;
  }[];
}

/**
 * Writes one HTML page about one text: the prediction, and the words that it was predicted from, marked. The page runs no
 * script and asks nothing of the network, whatever the text holds.
 *
 * @param out Path of the page; its folder is created. An old page is replaced all or nothing.
 * @example
 * ```ts
 * import { mkdtemp, readFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeExplanation } from '@aimle/report';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'text-')), 'page.html');
 * await writeExplanation({ title: 'taste: 0.9 of 1', words: [{ word: 'a' }, { word: 'treat', chosen: true }] }, path);
 * (await readFile(path, 'utf8')).includes('a <mark>treat</mark>'); // => true
 * ```
 */
export async function writeExplanation({ title, words }: ExplainedText, out: string): Promise<void> {
  const shown = words.map(({ word, chosen, unknown }) => {
    const known = unknown ? html`<s>${word}</s>` : html`${word}`;
    return chosen ? html`<mark>${known}</mark> ` : html`${known} `;
  });
  const count = words.filter(({ chosen }) => chosen).length;
  const page = htmlPage({
    kicker: 'aimle · which words decide the rating',
    title,
    lead: html`<p class="lead text">${shown}</p>`,
    main: [
      html`<p class="note">Marked: the ${count} words that the rating was predicted from. The model saw no others.</p>`,
      ...(words.some(({ unknown }) => unknown)
        ? [
            html`<p class="note">Dotted: words that the training texts do not have. The model cannot tell them apart.</p>`,
          ]
        : []),
    ],
  });
  await replaceFile(out, page.text);
}
