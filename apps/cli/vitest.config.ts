import { plainSuite } from '../../vitest.shared.js';

export default plainSuite({ slow: ['workerMethods'] });
