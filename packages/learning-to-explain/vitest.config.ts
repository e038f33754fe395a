import { engineSuite } from '../../vitest.shared.js';

export default engineSuite({ models: true, slow: ['officialCode'] });
