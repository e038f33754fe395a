// Runs

export { writeReport } from './writeReport.js';

// Studies

export { studySvg, writeStudy, writeStudyPlots } from './study/writeStudy.js';
export { besideKnown, type StudyTable, studyTable, withError } from './study/studyTable.js';
export type { Study, StudyCurve, StudyFigure, StudyPanel } from './study/study.js';
