import { serve } from '../../live/serve.js';
import { startEngine } from '../../live/startEngine.js';
import { DigitsModel, type DigitsOptions } from './model.js';

serve(self, { start: startEngine, create: (options: DigitsOptions) => new DigitsModel(options) });
