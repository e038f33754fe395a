#!/usr/bin/env -S node --conditions=@aimle/source --import tsx
// The command `aimle` of a clone, run from source. It is a bin and no script: pnpm prints a banner to stdout before every
// script, and --json promises one document there.
import '../../apps/cli/src/main.js';
