import type { Rule } from '../repository.js';

/** Names of one machine or one network, which mean nothing on the next. */
const forbidden: readonly [pattern: RegExp, what: string][] = [
  [/(?<![\w.@)}\]-])\/(?:work|root|home\/[a-z]+|Users\/[A-Za-z]+)\//, 'a path of one machine'],
  [/\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b/, 'a registry host'],
  [/\b(?:pypi|pythonhosted)\.org\b/, 'a registry host'],
  [/https?:\/\/[^\s/"'`]*(?:artifactory|nexus|verdaccio|mirror)[^\s"'`]*/i, 'a registry host'],
];

/** Nothing committed names a registry host or a path of one machine. */
export const nothingNamesAMachine: Rule = ({ files }) =>
  [...files].flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        forbidden
          .filter(([pattern]) => pattern.test(line))
          .map(([pattern, what]) => `${path}:${index + 1}: names ${what}: ${pattern.exec(line)?.[0]}`),
      ),
  );
