import { serve } from '../../live/serve.js';
import { startEngine } from '../../live/startEngine.js';
import {
  type DigitsAnswer,
  DigitsModel,
  type DigitsOptions,
  type DigitsQuestion,
  type DigitsReport,
} from './model.js';

serve<DigitsOptions, DigitsReport, DigitsQuestion, DigitsAnswer>(self, {
  start: startEngine,
  create: (options) => new DigitsModel(options),
});
