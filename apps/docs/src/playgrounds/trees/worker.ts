import { serve } from '../../live/serve.js';
import { startEngine } from '../../live/startEngine.js';
import { TreesModel, type TreesOptions, type TreesReport } from './model.js';

serve<TreesOptions, TreesReport, never, never>(self, {
  start: startEngine,
  create: (options) => new TreesModel(options),
});
