import { serve } from '../../live/serve.js';
import { startEngine } from '../../live/startEngine.js';
import { TreesModel, type TreesOptions } from './model.js';

serve(self, { start: startEngine, create: (options: TreesOptions) => new TreesModel(options) });
