import { rendererRich, transformerTwoslash } from '@shikijs/twoslash';

/**
 * Shows the type of a name in an example when the pointer is over it. The types are found at build, and an example that
 * has a type error ends the build. The popup is hidden and shown by the style sheet alone: pages load nothing for it.
 */
export function typesOnHover(): ReturnType<typeof transformerTwoslash> {
  return transformerTwoslash({
    explicitTrigger: true,
    renderer: rendererRich({
      jsdoc: false,
      hast: { hoverPopup: { class: 'vp-copy-ignore' } },
    }),
    twoslashOptions: {
      compilerOptions: {
        // ESNext, bundler, ES2022: the compiler's own numbers.
        module: 99,
        moduleResolution: 100,
        target: 9,
        customConditions: ['@aimle/source'],
        skipLibCheck: true,
        noEmit: true,
      },
    },
  });
}
