import { serve } from '../../live/serve.js';
import { startEngine } from '../../live/startEngine.js';
import { ExplainModel, type ExplainOptions } from './model.js';

serve(self, { start: startEngine, create: (options: ExplainOptions) => new ExplainModel(options) });
