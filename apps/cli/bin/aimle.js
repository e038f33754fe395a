#!/usr/bin/env node
// Plain enough for any Node to parse: an old one must get as far as this message.
const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  import('../dist/main.js');
} else {
  process.stderr.write(
    `aimle needs Node ${needed.join('.')} or later, and this is Node ${process.versions.node}; get a newer one, or run it with: npx -y node@22 ${process.argv[1]}\n`,
  );
  process.exitCode = 2;
}
