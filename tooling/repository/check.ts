import { type Rule, readRepository } from './repository.js';
import { browserRoomsLoadWithoutNode } from './rules/browsers.js';
import { changesetsCanBeReleased } from './rules/changesets.js';
import { indexOnlyReexports, namesSayWhatIsInside, sourcesAreShort } from './rules/files.js';
import { dependenciesArePinnedOnce, publicPackagesAreComplete } from './rules/manifests.js';
import { nothingNamesAMachine } from './rules/places.js';
import { randomnessHasAKey } from './rules/randomness.js';
import { roomsPointDown } from './rules/rooms.js';

const rules: Readonly<Record<string, Rule>> = {
  roomsPointDown,
  browserRoomsLoadWithoutNode,
  sourcesAreShort,
  namesSayWhatIsInside,
  indexOnlyReexports,
  randomnessHasAKey,
  nothingNamesAMachine,
  dependenciesArePinnedOnce,
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
