import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { publicPackages } from '../publicPackages.js';

/**
 * Writes the public surface of every package, as built, to api/: one report for each entry that users import from. With
 * `--check` it writes nothing, and complains about each report that differs from what the packages export.
 */
const root = process.cwd();
const folder = join(root, 'api');
const isCheck = process.argv.includes('--check');
const temporary = mkdtempSync(join(tmpdir(), 'aimle-api-'));

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023', 'DOM'],
  module: 'NodeNext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
};
const silent = { default: { logLevel: ExtractorLogLevel.None } };

/** One place that users import from. */
interface Entry {
  /** The folder of its package. */
  readonly package: string;
  /** The file of its declarations, as built. */
  readonly declarations: string;
  /** The name of its report: of @aimle/solvers/threads, solvers.threads.api.md. */
  readonly report: string;
}

/** Every entry of every public package. */
function publicEntries(): Entry[] {
  return publicPackages(root).flatMap(({ folder, publishConfig }) =>
    Object.entries(publishConfig.exports).flatMap(([path, target]) => {
      if (typeof target === 'string') return []; // such as ./package.json
      const report = `${basename(folder)}${path.slice(1).replaceAll('/', '.')}.api.md`;
      return { package: folder, declarations: join(folder, target.types), report };
    }),
  );
}

function configOf({ package: projectFolder, declarations, report }: Entry): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: declarations,
      compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
      apiReport: {
        enabled: true,
        reportFileName: report,
        reportFolder: folder,
        reportTempFolder: temporary,
        tagsToReport: { '@experimental': true },
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        // tsc checks types, and docstrings are not written for TSDoc.
        compilerMessageReporting: silent,
        tsdocMessageReporting: silent,
        extractorMessageReporting: {
          ...silent,
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
      },
    },
  });
}

/** The names of the reports that differ from what the entries export, and are now written unless only checked. */
function outdated(entries: readonly Entry[]): string[] {
  const configs = entries.map(configOf);
  // One program for all of them: reading the declarations of TensorFlow.js takes most of the time.
  const compilerState = CompilerState.create(configs[0] as ExtractorConfig, {
    additionalEntryPoints: entries.map(({ declarations }) => declarations),
  });
  const settings = {
    compilerState,
    localBuild: !isCheck,
    messageCallback(message: { handled: boolean }) {
      message.handled = true;
    },
  };
  return entries
    .filter((_, i) => Extractor.invoke(configs[i] as ExtractorConfig, settings).apiReportChanged)
    .map(({ report }) => report);
}

try {
  mkdirSync(folder, { recursive: true });
  const entries = publicEntries();
  const orphans = readdirSync(folder).filter((file) => !entries.some(({ report }) => report === file));
  const changes = [...outdated(entries), ...orphans];
  if (isCheck) {
    for (const file of changes) {
      process.stderr.write(`api/${file}: not what is exported now; run "pnpm api" and read the diff\n`);
    }
    process.exitCode = changes.length === 0 ? 0 : 1;
  } else {
    for (const file of orphans) rmSync(join(folder, file));
  }
  process.stdout.write(`api: ${entries.length} reports, ${changes.length} changes\n`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
