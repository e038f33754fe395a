import { type Rule, readRepository } from './repository.js';
import { changesetsCanBeReleased } from './rules/changesets.js';
import {
  indexHasHeadings,
  indexOnlyReexports,
  namesSayWhatIsInside,
  sourcesAreShort,
} from './rules/files.js';
import { publicPackagesAreComplete } from './rules/manifests.js';
import { dependenciesPointUp, packagesAreNamedAfterTheirFolder } from './rules/packages.js';
import { nothingNamesAMachine } from './rules/places.js';

const rules: Readonly<Record<string, Rule>> = {
  dependenciesPointUp,
  packagesAreNamedAfterTheirFolder,
  sourcesAreShort,
  namesSayWhatIsInside,
  indexOnlyReexports,
  indexHasHeadings,
  nothingNamesAMachine,
  publicPackagesAreComplete,
  changesetsCanBeReleased,
};

const repository = readRepository(process.cwd());
const complaints = Object.entries(rules).flatMap(([name, rule]) =>
  rule(repository).map((complaint) => `${complaint}  (${name})`),
);
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.stdout.write(
  `repository: ${Object.keys(rules).length} rules, ${repository.files.size} files, ${complaints.length} complaints\n`,
);
process.exitCode = complaints.length === 0 ? 0 : 1;
