import { posix } from 'node:path';

/** Where files of the repository stand on the site. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^docs\/structures\/README\.md$/, '/structures/'],
  [/^docs\/structures\/([\w-]+)\.md$/, '/structures/$1'],
  [/^docs\/results\/([\w-]+)\.md$/, '/results/$1'],
  [/^docs\/results\/?$/, '/results/'],
  [/^docs\/choosing-an-estimator\.md$/, '/choose'],
  [/^packages\/(solvers|distributions)\/src\/(solver|distribution)\.ts$/, '/api/$1#$2'],
];

/** The links of a file of the repository, made to lead to pages of the site; a file without a page stays as words. */
export function linked(markdown: string, file: string): string {
  return markdown.replace(
    /(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g,
    (whole: string, words: string, target: string) => {
      if (/^([a-z]+:|#)/.test(target)) return whole;
      const [path = '', anchor] = target.split('#');
      const full = posix.join(posix.dirname(file), path);
      const place = places.find(([pattern]) => pattern.test(full));
      const text = words.replace(/^([\w-]+)\.md$/, (_, name: string) => name.replaceAll('-', ' '));
      if (!place) return text;
      return `[${text}](${full.replace(...place)}${anchor === undefined ? '' : `#${anchor}`})`;
    },
  );
}
