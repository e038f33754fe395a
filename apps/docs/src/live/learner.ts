/** Something that is trained step by step while a reader watches. It lives in a worker. */
export interface Learner<Report, Question, Answer> {
  /** One step of training. */
  step(): void;
  /** What the page shows of the present state. */
  report(): Report;
  /** What the page asks about the present state, trained or not. */
  answer(question: Question): Answer;
  dispose(): void;
}

/** How far training has come, and its speed. */
export interface Progress<Report> {
  readonly steps: number;
  /** Over the last second or so; 0 before the first. */
  readonly stepsPerSecond: number;
  readonly report: Report;
}
