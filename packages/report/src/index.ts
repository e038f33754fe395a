// Runs
export { writeReport } from './writeReport.js';
// Studies
export type { Study, StudyCurve, StudyFigure, StudyPanel } from './study/study.js';
export { besideKnown, type StudyTable, studyTable } from './study/studyTable.js';
export { studySvg, writeStudy, writeStudyPlots } from './study/writeStudy.js';
export { withError } from './wording.js';
