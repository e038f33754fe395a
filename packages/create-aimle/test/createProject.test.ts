import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProject } from '../src/index.js';
import { main } from '../src/main.js';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'aimle-create-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true });
  vi.restoreAllMocks();
});

describe('createProject', () => {
  it('writes the template with the name of the folder and the version of this package', () => {
    const { folder } = createProject(join(parent, 'My Choice'));
    const { name, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(name).toBe('my-choice');
    expect(dependencies.aimle).toBe(`^${version}`);
    expect(readdirSync(folder).sort()).toEqual([
      '.gitignore',
      'README.md',
      'index.html',
      'package.json',
      'src',
    ]);
  });

  it('takes an empty folder', () => {
    mkdirSync(join(parent, 'empty'));
    expect(createProject(join(parent, 'empty')).name).toBe('empty');
  });

  it.each([
    ['has files', () => writeFileSync(join(parent, 'mine'), ''), () => parent],
    ['is a file', () => writeFileSync(join(parent, 'mine'), ''), () => join(parent, 'mine')],
  ])('refuses what %s, and changes nothing', (_, prepare, path) => {
    prepare();
    expect(() => createProject(path())).toThrow(/^create-aimle: the folder must be new or empty, got /);
    expect(readdirSync(parent)).toEqual(['mine']);
  });

  it.each(['node_modules', 'favicon.ico'])('refuses the name %s, which npm refuses', (name) => {
    expect(() => createProject(join(parent, name))).toThrow(`no package can have the name ${name}`);
    expect(existsSync(join(parent, name))).toBe(false);
  });

  it('names in the README what the script has', () => {
    const [readme, script] = ['README.md', 'src/train.js'].map((file) =>
      readFileSync(new URL(`../template/${file}`, import.meta.url), 'utf8'),
    );
    expect(script).toContain(/`(topK\(.*?\))`/.exec(readme!)![1]);
  });

  it('refuses a name without letters or digits', () => {
    expect(() => createProject(join(parent, '--'))).toThrow(/must contain a letter or digit/);
    expect(existsSync(join(parent, '--'))).toBe(false);
  });
});

describe('the command', () => {
  const written = () => {
    const texts: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
    }
    return texts;
  };

  it('says what to do next', () => {
    const texts = written();
    expect(main([join(parent, 'app')])).toBe(0);
    expect(texts.join('')).toMatch(/cd .*app"?\n.* install\n/);
  });

  it('answers 2 and changes nothing for a request that it does not understand', () => {
    const texts = written();
    expect(main(['--typescript'])).toBe(2);
    expect(main([join(parent, 'a'), 'b'])).toBe(2);
    expect(texts.join('')).toContain('it takes one folder and no options, got --typescript');
    expect(readdirSync(parent)).toEqual([]);
  });
});
