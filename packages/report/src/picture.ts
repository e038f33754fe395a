import type { DrawingsFigure, Figure, ImagesFigure, TextsFigure } from '@aimle/training';
import { encode } from 'fast-png';
import { type Html, html } from './html.js';
import { gridClasses } from './style.js';

export function picture(figure: Figure, run: string): Html {
  switch (figure.kind) {
    case 'images':
      return images(figure, run);
    case 'drawings':
      return drawings(figure);
    case 'texts':
      return texts(figure);
  }
}

function texts({ title, caption, texts }: TextsFigure): Html {
  const shown = texts.map(({ note, words }) => {
    const shownWords = words.map(({ word, chosen, marked }) => {
      const underlined = marked ? html`<u>${word}</u>` : html`${word}`;
      return chosen ? html`<mark>${underlined}</mark> ` : html`${underlined} `;
    });
    return html`<p class="note">${note}</p><p class="text">${shownWords}</p>`;
  });
  return html`<figure>
${shown}
<figcaption><b>${title}.</b> ${caption}</figcaption>
</figure>`;
}

/** Shows drawings side by side, each as an image, so that nothing in it can affect the page. */
function drawings({ title, caption, columns, width, height, drawings }: DrawingsFigure): Html {
  const shown = drawings.map(({ label, svg }) => {
    const data = Buffer.from(svg).toString('base64');
    return html`<img src="data:image/svg+xml;base64,${data}" alt="${label}" width="${width}" height="${height}">`;
  });
  return html`<figure>
<div class="drawings ${gridClasses(columns, Math.ceil(columns / 2))}">
${shown}
</div>
<figcaption><b>${title}.</b> ${caption}</figcaption>
</figure>`;
}

/** Shows tiles that wrap, half as many a line on a phone. Images of one column stay together if rows have labels. */
function images(figure: ImagesFigure, run: string): Html {
  const rows = figure.rows.map((row) => tiles(figure, row.pixels));
  const labels = figure.rows.map((row) => row.label).filter((label) => label !== '');
  const columns = Array.from({ length: figure.columns }, (_, column) => rows.map((row) => row[column]!));
  const stacks = labels.length > 0 ? columns : rows.flat().map((tile) => [tile]);
  const order = labels.length > 1 ? html` From top to bottom: ${labels.join(', ')}.` : null;
  const narrow = figure.columns > 8 ? Math.ceil(figure.columns / 2) : figure.columns;
  return html`<figure>
<div class="tiles ${gridClasses(figure.columns, narrow)}" role="img" aria-label="${figure.title} of ${run}: ${figure.rows.length} rows of ${figure.columns} images. ${figure.caption}">
${stacks.map((stack) => html`<span>${stack}</span>`)}
</div>
<figcaption><b>${figure.title}.</b> ${figure.caption}${order}</figcaption>
</figure>`;
}

function tiles(figure: ImagesFigure, base64: string): Html[] {
  const { columns, width, height } = figure;
  const pixels = Buffer.from(base64, 'base64');
  if (pixels.length !== columns * width * height) {
    throw new Error(
      `report: a row of figure "${figure.name}" must have ${columns} x ${height} x ${width} = ` +
        `${columns * width * height} pixels, got ${pixels.length}; figures.json is damaged, delete it for a page without pictures`,
    );
  }
  return Array.from({ length: columns }, (_, column) => {
    const data = pixels.subarray(column * width * height, (column + 1) * width * height);
    const png = Buffer.from(encode({ width, height, data, channels: 1, depth: 8 }));
    return html`<img src="data:image/png;base64,${png.toString('base64')}" alt="" width="${width}" height="${height}">`;
  });
}
