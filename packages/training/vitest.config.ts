import { engineSuite } from '../../vitest.shared.js';

export default engineSuite({ slow: ['workers'] });
