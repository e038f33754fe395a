import fc from 'fast-check';

// What is drawn is the same in every run, so that a change is judged by itself. Other cases: another seed.
fc.configureGlobal({ seed: Number(process.env['AIMLE_TEST_SEED'] ?? 1) });
