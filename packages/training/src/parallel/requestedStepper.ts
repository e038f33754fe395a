import { currentEngine } from '@aimle/engine';
import type { Session, Task } from '../contracts/session.js';
import { RequestError } from '../errors.js';
import { runKeys } from '../loop/prepareSession.js';
import type { TrainEvent } from '../loop/runLogger.js';
import { lonelyStepper, type Stepper } from '../loop/stepper.js';
import type { TaskConfig } from '../settings/index.js';
import { Team } from './team.js';

const MOST = 256;
const remedy = 'leave workers out, or give 1';

/** Throws a {@link RequestError} unless a task can be trained by that many workers here. */
export function checkWorkers<Config extends TaskConfig, Batch>(
  { name, parallel }: Task<Config, Batch>,
  config: Config,
  workers: number,
): void {
  if (!Number.isSafeInteger(workers) || workers < 1 || workers > MOST) {
    throw new RequestError(`workers must be an integer in [1, ${MOST}], got ${String(workers)}`);
  }
  if (workers === 1) return;
  if (globalThis.process?.versions?.node === undefined) {
    throw new RequestError(`workers must be 1 outside Node, got ${workers}: they are threads of Node`);
  }
  if (parallel === undefined) {
    throw new RequestError(`${name}: workers must be 1 for this task, got ${workers}; ${remedy}`);
  }
  const refusal = parallel.refusal?.(config) ?? null;
  if (refusal !== null) {
    throw new RequestError(`${name}: workers must be 1 here, got ${workers}: ${refusal}; ${remedy}`);
  }
  if (teamEngine() === null) {
    throw new RequestError(
      `workers must be 1 on the ${currentEngine().name} engine, got ${workers}: only wasm and cpu give each worker an ` +
        `engine of its own; choose wasm, or ${remedy}`,
    );
  }
}

/** The engine in use, if every worker can have its own. */
function teamEngine(): 'wasm' | 'cpu' | null {
  const { name } = currentEngine();
  return name === 'wasm' || name === 'cpu' ? name : null;
}

/** A request that {@link checkWorkers} has passed. */
interface TeamRequest<Config, Batch> {
  readonly task: Task<Config & TaskConfig, Batch>;
  readonly config: Config & TaskConfig;
  readonly session: Session<Batch>;
  readonly workers: number;
  readonly folder: string;
  readonly onEvent: (event: TrainEvent) => void;
}

/** How many of the requested workers train: no more than a batch has instances. */
export function teamSize<Batch>(session: Session<Batch>, workers: number): number {
  return workers === 1 ? 1 : Math.min(workers, session.parts?.size(0, 0) ?? workers);
}

/** Starts what takes the steps: a team no larger than a batch, or this thread alone. */
export async function requestedStepper<Config extends TaskConfig, Batch>(
  request: TeamRequest<Config, Batch>,
): Promise<Stepper> {
  const { task, session, config, onEvent } = request;
  const alone = () => lonelyStepper(session, config, runKeys(config.seed).step);
  if (request.workers === 1) return alone();
  if (session.parts === undefined) {
    throw new Error(`${task.name}: its sessions must have parts, since the task is parallel`);
  }
  const workers = teamSize(session, request.workers);
  if (workers < request.workers) {
    onEvent({
      kind: 'note',
      message: `Only ${workers} of ${request.workers} workers train: a batch has ${workers} instance${workers === 1 ? '' : 's'}.`,
    });
  }
  return workers === 1 ? alone() : Team.start({ ...request, workers, engine: teamEngine()! });
}
