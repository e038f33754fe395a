import { plainSuite } from '../../vitest.shared.js';

export default plainSuite({ slow: ['digits', 'explain', 'gradient', 'shortest-path', 'trees'] });
