import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { folderStore } from '@aimle/training';
import { type Html, html } from './html.js';
import { style } from './style.js';

/** Allows the page's own style and images in it, and nothing else: no script, no request, no form, whatever a run's names hold. */
const policy = [
  "default-src 'none'",
  'img-src data:',
  `style-src 'sha256-${createHash('sha256').update(style.text).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

interface Page {
  /** One line above the title. */
  readonly kicker: string;
  readonly title: string;
  readonly lead: Html;
  readonly main: readonly Html[];
  readonly footer?: Html;
}

export function htmlPage({ kicker, title, lead, main, footer }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="data:,">
<title>${title} · aimle</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="kicker">${kicker}</p>
<h1>${title}</h1>
${lead}
</header>
<main>
${main}
</main>${
    footer &&
    html`
<footer>${footer}</footer>`
  }
</body>
</html>
`;
}

/** Replaces a file, all or nothing: after a kill, the old one is still there. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await folderStore(dirname(path)).write(basename(path), new TextEncoder().encode(text));
}
