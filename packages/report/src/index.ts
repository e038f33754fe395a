// Runs

export { writeReport } from './writeReport.js';

// Texts with the words that a model chose

export { type ExplainedText, writeExplanation } from './writeExplanation.js';

// Studies

export { studySvg, writeStudy, writeStudyPlots } from './study/writeStudy.js';
export { besideKnown, type StudyTable, studyTable } from './study/studyTable.js';
export { withError } from './wording.js';
export type { Study, StudyCurve, StudyFigure, StudyPanel } from './study/study.js';
