import { fileURLToPath } from 'node:url';
import { createTransformerFactory, rendererRich } from '@shikijs/twoslash/core';
import { examplesOf, TypesOfNames } from './typesOfNames.js';

const docs = fileURLToPath(new URL('..', import.meta.url));

/**
 * Shows the type of a name in an example when the pointer is over it. The types are found at build, and an example that
 * has a type error ends the build. The popup is hidden and shown by the style sheet alone: pages load nothing for it.
 */
export function typesOnHover(): ReturnType<ReturnType<typeof createTransformerFactory>> {
  let types: TypesOfNames | undefined;
  const withTypes = createTransformerFactory((code: string) => {
    types ??= new TypesOfNames(docs, examplesOf(docs));
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

/** A page's HTML as the search should know it: what types are is not what the page says. */
export function withoutTypes(html: string): string {
  return html.replaceAll(/<span class="twoslash-popup-container.*?<\/code><\/span>/gs, '');
}
