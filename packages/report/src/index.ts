export { writeReport } from './writeReport.js';
