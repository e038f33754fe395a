import { runExamples } from '@aimle/testkit';

runExamples(new URL('..', import.meta.url));
