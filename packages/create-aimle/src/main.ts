import { relative } from 'node:path';
import { createProject } from './createProject.js';

const usage = `Makes a project with a discrete layer that trains, in Node and in the browser.

Usage: npm create aimle [folder]

folder: where to make it, new or empty (default: aimle-app)
`;

/** Runs the command with the words after its name, and returns its exit code. */
export function main(words: readonly string[]): number {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const [path = 'aimle-app', ...others] = words;
  if (path.startsWith('-') || others.length > 0) {
    process.stderr.write(
      `create-aimle: it takes one folder and no options, got ${words.join(' ')}\n\n${usage}`,
    );
    return 2;
  }
  try {
    const { folder } = createProject(path);
    process.stdout.write(nextSteps(relative(process.cwd(), folder)));
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}

function nextSteps(folder: string): string {
  const manager = /^(?:pnpm|yarn|bun)/.exec(process.env['npm_config_user_agent'] ?? '')?.[0] ?? 'npm';
  return `Made ${folder === '' ? 'the project here' : folder}. Next:

${folder === '' ? '' : `  cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}\n`}  ${manager} install
  ${manager} start        # trains in Node
  ${manager} run dev      # trains in the browser, where you can watch
`;
}
