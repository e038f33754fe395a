import { serve } from '../../live/serve.js';
import { startEngine } from '../../live/startEngine.js';
import { type Explained, ExplainModel, type ExplainOptions, type ExplainReport } from './model.js';

serve<ExplainOptions, ExplainReport, readonly string[], Explained>(self, {
  start: startEngine,
  create: (options) => new ExplainModel(options),
});
