import type { Progress } from '../checkpoint/progress.js';
import { RequestError } from '../contracts/requestError.js';
import type { Session } from '../contracts/session.js';

/** @throws {@link RequestError} when the session has other data than the run was trained on. */
export function requireSameData(
  place: string,
  progress: Pick<Progress, 'data'>,
  session: Pick<Session<unknown>, 'data'>,
): void {
  if (progress.data === session.data) return;
  throw new RequestError(
    `${place} was trained on other data than there is now; it was trained on "${progress.data}", and now there is ` +
      `"${session.data}"; put the first back, or train a new run on the second`,
  );
}
