import { stripVTControlCharacters } from 'node:util';
import type { TrainEvent } from '@aimle/training';
import { describe, expect, it } from 'vitest';
import { LossTrail } from '../src/progress/lossTrail.js';
import { type Status, statusLine } from '../src/progress/statusLine.js';
import { Tempo } from '../src/progress/tempo.js';
import { TrainingProgress } from '../src/progress/trainingProgress.js';
import { ink, type Terminal } from '../src/terminal/terminal.js';
import { wrap } from '../src/terminal/wrap.js';

const status: Status = {
  part: 'epoch  3/12',
  step: 245,
  steps: 1200,
  loss: 92.412,
  sparkline: '█▅▃▂▁▁',
  lambda: 0.8213,
  stepsPerSecond: 9.13,
  secondsLeft: 104.6,
};

describe('the status line', () => {
  it('shows everything where there is room', () => {
    expect(statusLine(status, 120, ink(false))).toBe(
      'epoch  3/12  ━━╌╌╌╌╌╌╌╌╌╌   245/1200  loss 92.41  █▅▃▂▁▁  lambda 0.821  9.13 steps/s  1 min 45 s left',
    );
  });

  it('fits every width, and keeps the loss to the last', () => {
    for (let columns = 120; columns > 10; columns--) {
      const line = statusLine(status, columns, ink(false));
      expect(line.length).toBeLessThan(columns);
      expect(line).toContain('loss 92.41');
    }
  });

  it('takes no more room with colours', () => {
    const bare = stripVTControlCharacters(statusLine(status, 70, ink(true)));
    expect(bare).toBe(statusLine(status, 70, ink(false)));
  });
});

describe('a line of prose', () => {
  it('is broken between words, not within one and not within a command', () => {
    expect(wrap('one two three four', 9)).toBe('one two\nthree\nfour');
    expect(wrap('so:\n  a command to copy', 9)).toBe('so:\n  a command to copy');
    expect(wrap(`${ink(true).red('one')} two`, 7)).toBe(`${ink(true).red('one')} two`);
  });
});

describe('the trail of losses', () => {
  it('falls evenly from the highest block to the lowest with an evenly falling loss', () => {
    const trail = new LossTrail();
    for (let step = 0; step < 1000; step++) trail.add(1000 - step);
    // Eight equal stretches; the scale leaves out the highest, so that two are at the top.
    expect(trail.sparkline(8)).toBe('██▇▆▅▃▂▁');
  });

  it('is level for a loss that stays, empty before the first, and deaf to NaN', () => {
    const trail = new LossTrail();
    expect(trail.sparkline(4)).toBe('');
    for (const loss of [5, Number.NaN, 5, 5]) trail.add(loss);
    expect(trail.sparkline(4)).toBe('▁▁▁');
  });
});

describe('the tempo', () => {
  it('tells steps a second and the seconds that are left, from where the run was resumed', () => {
    const tempo = new Tempo(100, 200, 5000);
    expect(tempo.at(100, 5000)).toEqual({ stepsPerSecond: 0, secondsLeft: 0 });
    expect(tempo.at(110, 7000)).toEqual({ stepsPerSecond: 5, secondsLeft: 18 });
  });
});

describe('the progress of a training', () => {
  const erased = '\r\u001b[2K';
  const start: TrainEvent = {
    kind: 'start',
    workers: 1,
    task: 'dvae',
    title: 'A model',
    run: 'runs/one',
    data: 'Some images.',
    engine: 'wasm',
    parameters: 1200,
    step: 0,
    steps: 20,
    stepsPerEpoch: 10,
    beginSteps: 0,
  };
  const step = (number: number): TrainEvent => ({
    kind: 'step',
    step: number,
    epoch: 1,
    loss: 3,
    seconds: number,
  });
  const epoch: TrainEvent = {
    kind: 'epoch',
    step: 10,
    epoch: 1,
    train: { loss: 3 },
    validation: { negative_elbo: 2.5 },
    test: null,
    best: true,
    seconds: 9,
  };

  function printed(live: boolean, events: readonly TrainEvent[], millisecondsBetween: number): string {
    let text = '';
    let now = 0;
    const terminal: Terminal = {
      stdout: () => expect.unreachable('progress does not go to stdout'),
      json: () => expect.unreachable('progress does not go to stdout'),
      stderr: (line) => {
        text += `${line}\n`;
      },
      draw: (piece) => {
        text += piece;
      },
      live,
      columns: 60,
      ink: ink(false),
      stdoutInk: ink(false),
    };
    const progress = new TrainingProgress(terminal, () => now);
    for (const event of events) {
      now += millisecondsBetween;
      progress.onEvent(event);
    }
    progress.clear();
    return text;
  }

  it('is plain lines where stderr is no terminal: one for each epoch, and one every ten seconds', () => {
    const text = printed(false, [start, ...[1, 2, 3, 4].map(step), epoch], 4000);
    expect(text).not.toContain('\u001b');
    const lines = text.trimEnd().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'A model (1,200 parameters) on wasm',
      'data: Some images.',
      'run: runs/one',
    ]);
    expect(lines.slice(3)).toEqual([
      expect.stringMatching(/^epoch 1\/2 .* 2\/20 .*loss 3/),
      'epoch 1/2  training loss 3  validation negative elbo 2.5  9 s  best so far',
    ]);
  });

  it('draws one line over and over on a terminal, and takes it away for a line that stays', () => {
    const text = printed(true, [start, step(1), step(2), epoch], 150);
    expect(text.split(erased).slice(1)).toEqual([
      expect.stringContaining('1/20'),
      expect.stringContaining('2/20'),
      'epoch 1/2  training loss 3  validation negative elbo 2.5  9 s  best so far\n',
    ]);
  });

  it('counts the steps before the first in the bar and the time that is left', () => {
    const begin = (number: number): TrainEvent => ({
      kind: 'begin',
      step: number,
      part: 'start 1/2',
      loss: 7,
    });
    const events = [{ ...start, beginSteps: 60 }, ...[20, 40, 60].map(begin), step(1)];
    const lines = printed(false, events, 20_000).trimEnd().split('\n');
    expect(lines[2]).toBe('before the first of 20 steps: 60 steps to find a start');
    expect(lines.slice(4)).toEqual([
      expect.stringMatching(/^start 1\/2 .* 20\/80 {2}loss 7.* 1 min 0 s left$/),
      expect.stringMatching(/^start 1\/2 .* 40\/80 {2}loss 7.* 40 s left$/),
      expect.stringMatching(/^start 1\/2 .* 60\/80 {2}loss 7.* 20 s left$/),
      expect.stringMatching(/^epoch 1\/2 .* 61\/80 {2}loss 3/),
    ]);
  });

  it('draws at most ten times a second', () => {
    const text = printed(true, [start, ...Array.from({ length: 20 }, (_, i) => step(i + 1))], 10);
    expect(text.split(erased)).toHaveLength(1 + 2 + 1); // twice drawn, once taken away
  });
});
