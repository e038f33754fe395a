// Tables of settings, without TensorFlow.js: for what only has to know which settings there are

export { RequestError } from '../errors.js';
export { extendConfig, type GivenSettings, makeConfig } from './configure.js';
export { defaultText, readWhen, settingsMarkdown, titlesOf } from './describe.js';
export { loopSettings, splitSettings, type TaskConfig } from './loopSettings.js';
export { constraintOf, namesFile, type Setting, type SettingValue, takes, valueFrom } from './setting.js';
export {
  atMost,
  type ConfigOf,
  parametersFit,
  type SettingRule,
  type SettingsTable,
  settingsTable,
} from './settingsTable.js';
