/** Why an engine cannot be used here, and what would change that. */
export class NotUsable extends Error {
  override readonly name = 'NotUsable';
  readonly remedy: string | undefined;

  constructor(reason: string, remedy?: string, cause?: unknown) {
    super(reason, { cause });
    this.remedy = remedy;
  }
}
