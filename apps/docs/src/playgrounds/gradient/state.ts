import { foldIn, key, normal } from '@aimle/random';
import type { Method } from './estimates.js';
import { ITEMS, type Problem, type Truth, truthOf } from './problem.js';
import { type ChartPoint, type Cloud, chartLambdas, type Reply, type Setting } from './protocol.js';
import type { Quality } from './quality.js';
import type { Lambdas } from './walk.js';

/** A cloud on its way to what was measured last. */
export interface MovingCloud {
  readonly shown: Float32Array;
  latest: Cloud;
}

/** All that the page knows, and how messages and time change it. */
export class State {
  setting: Setting = {
    problem: { k: 2, theta: [1.2, -0.6, 0.2, -1, 0.6], target: [0.2, -0.3] },
    lambda: 1,
    samples: 8,
    seed: 1,
  };
  truth: Truth = truthOf(this.setting.problem);
  readonly clouds = new Map<Method, MovingCloud>();
  readonly points: (ChartPoint['quality'] | undefined)[] = chartLambdas.map(() => undefined);
  walk: Lambdas | null = null;
  walking = false;
  #problems = 0;

  change(changes: Partial<Setting>): void {
    this.setting = { ...this.setting, ...changes };
    if (changes.problem) this.truth = truthOf(changes.problem);
  }

  changeProblem(changes: Partial<Problem>): void {
    this.change({ problem: { ...this.setting.problem, ...changes } });
  }

  newTheta(): void {
    const drawn = new Float32Array(ITEMS);
    normal().fill(foldIn(key(11), this.#problems++), drawn);
    this.changeProblem({ theta: Array.from(drawn) });
  }

  receive(reply: Reply): void {
    if (reply.kind === 'clouds') {
      for (const [method, latest] of reply.clouds) {
        const known = this.clouds.get(method);
        if (known) known.latest = latest;
        else this.clouds.set(method, { shown: latest.shown.slice(), latest });
      }
    } else if (reply.kind === 'point') {
      this.points[reply.point.index] = reply.point.quality;
    } else if (this.walking) {
      this.walk = reply.lambdas;
      this.walking = !reply.done;
      if (reply.lambdas.noiseScaled > 0) this.change({ lambda: reply.lambdas.noiseScaled });
    }
  }

  /** The current numbers in words; null while there are none. */
  describe(): string | null {
    const { setting, truth, clouds, walk, walking } = this;
    const aimle = clouds.get('aimle')?.latest.quality;
    const straight = clouds.get('straight-through')?.latest.quality;
    if (!aimle || !straight) return null;
    const of = ({ bias, error }: Quality): string =>
      `bias ${Number.isNaN(bias) ? 'unknown' : bias.toFixed(3)}, error ${error.toFixed(2)}`;
    const found =
      walk === null
        ? ''
        : ` After ${walk.passes.toLocaleString('en')} passes the default is at λ ${walk.noiseScaled.toFixed(2)}, ` +
          `the paper’s controller at ${walk.paper.toFixed(2)}${walking ? ', walking' : ''}.`;
    return (
      `Expected loss ${truth.loss.toFixed(3)}, length of the true gradient ${Math.hypot(...truth.gradient).toFixed(3)}. ` +
      `AIMLE at λ ${setting.lambda.toPrecision(2)}: ${of(aimle)}, ${Math.round(100 * aimle.zeros)}% of estimates zero. ` +
      `Straight-through: ${of(straight)}.${found}`
    );
  }

  /** Moves the dots a part of their way; whether any has some left. */
  settle(part: number): boolean {
    let moving = false;
    for (const { shown, latest } of this.clouds.values()) {
      for (let i = 0; i < shown.length; i++) {
        const left = latest.shown[i]! - shown[i]!;
        if (left === 0) continue;
        if (Math.abs(left) < 1e-4) shown[i] = latest.shown[i]!;
        else {
          shown[i]! += part * left;
          moving = true;
        }
      }
    }
    return moving;
  }
}
