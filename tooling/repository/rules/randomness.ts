import { parseSync, Visitor } from 'oxc-parser';
import type { Rule } from '../repository.js';

/** Every random number comes from a key, so that every result can be had again. */
export const randomnessHasAKey: Rule = ({ files }) =>
  [...files]
    .filter(([path, text]) => /\.[cm]?[jt]s$/.test(path) && text.includes('random'))
    .flatMap(([path, text]) => {
      const found: string[] = [];
      new Visitor({
        MemberExpression({ object, property, computed, start }) {
          if (object.type !== 'Identifier' || object.name !== 'Math') return;
          const name = property.type === 'Identifier' && !computed ? property.name : textOf(property);
          if (name !== 'random') return;
          const line = text.slice(0, start).split('\n').length;
          found.push(`${path}:${line}: draw from a key (@aimle/random) instead of Math.random`);
        },
      }).visit(parseSync(path, text).program);
      return found;
    });

function textOf(node: { type: string; value?: unknown }): unknown {
  return node.type === 'Literal' ? node.value : undefined;
}
