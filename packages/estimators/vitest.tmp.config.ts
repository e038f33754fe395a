import { engineSuite } from '../../vitest.shared.js';

const c = engineSuite() as any;
for (const p of c.test.projects)
  p.resolve = { ...p.resolve, alias: { '@aimle/random': '/work/main/packages/random/zz-stub.ts' } };
export default c;
