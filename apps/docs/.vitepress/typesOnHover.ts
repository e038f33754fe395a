import { fileURLToPath } from 'node:url';
import { createTransformerFactory, rendererRich } from '@shikijs/twoslash/core';
import { examples } from './fences.js';
import { TypesOfNames } from './typesOfNames.js';

const docs = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes the types of the names of examples into their pages, where `theme/typesShown.ts` shows them. They are found at
 * build, and an example that has a type error ends the build.
 */
export function typesOnHover(): ReturnType<ReturnType<typeof createTransformerFactory>> {
  let types: TypesOfNames | undefined;
  const withTypes = createTransformerFactory((code: string) => {
    types ??= new TypesOfNames(docs, examples());
    return { code, nodes: types.of(code) };
  });
  return withTypes({
    explicitTrigger: true,
    renderer: rendererRich({
      jsdoc: false,
      hast: { hoverPopup: { class: 'twoslash-popup-container vp-copy-ignore' } },
    }),
  });
}

/** Describes an example, and the keys that show its types, for screen readers. */
export const namedForReaders = {
  name: 'named-for-readers',
  pre(element: { properties: Record<string, unknown> }): void {
    if (!`${element.properties['class']}`.includes('twoslash')) return;
    element.properties['role'] = 'group';
    element.properties['aria-label'] = 'Example. Left and right show the types of its names.';
  },
};

export function withoutTypes(html: string): string {
  return html.replaceAll(/<span class="twoslash-popup-container.*?<\/code><\/span>/gs, '');
}
