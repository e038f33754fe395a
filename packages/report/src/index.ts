// Runs

export { writeReport } from './writeReport.js';

// Studies

export { studySvg, writeStudy, writeStudyPlots } from './study/writeStudy.js';
export { besideKnown, type StudyTable, studyTable } from './study/studyTable.js';
export { withError } from './wording.js';
export type { Study, StudyCurve, StudyFigure, StudyPanel } from './study/study.js';
