import type { Rule } from '../repository.js';

const frontMatter = /^---\n([\s\S]*?)\n---\n/;
const release = /^"([^"]+)": (major|minor|patch)$/;

/** A release stops at a changeset that it cannot read, or that names a package which is not there: long after it landed. */
export const changesetsCanBeReleased: Rule = ({ files, packages }) => {
  const names = new Set(
    packages.filter(({ manifest }) => !manifest.private).map(({ manifest }) => manifest.name),
  );
  return [...files]
    .filter(([path]) => /^\.changeset\/.*\.md$/.test(path) && !path.endsWith('/README.md'))
    .flatMap(([path, text]) => {
      const lines = frontMatter
        .exec(text)?.[1]
        ?.split('\n')
        .filter((line) => line !== '');
      if (lines === undefined || lines.length === 0)
        return [`${path}: a changeset begins with ---, lines of "package": minor, and ---`];
      return lines.flatMap((line) => {
        const [, name] = release.exec(line) ?? [];
        if (name === undefined) return [`${path}: ${line} is not "package": major, minor or patch`];
        return names.has(name) ? [] : [`${path}: there is no public package ${name}`];
      });
    });
};
