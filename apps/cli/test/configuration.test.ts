import { discreteVae } from '@aimle/discrete-vae';
import { neuralRelationalInference } from '@aimle/neural-relational-inference';
import { makeConfig } from '@aimle/training';
import { describe, expect, it } from 'vitest';
import { givenSettings, spelling } from '../src/options/taskSettings.js';
import { tasks } from '../src/tasks.js';

const { quick, paper } = discreteVae.presets;

/** The configuration of a new run of dvae, as the command line asks for it. */
function asked(preset: 'quick' | 'paper', options: Record<string, string>, ...set: string[]) {
  return makeConfig(discreteVae, preset, givenSettings(discreteVae, options, set), spelling(discreteVae));
}

describe('the configuration of a new run', () => {
  it('is the preset, with the difference that its method takes', () => {
    expect(asked('quick', {})).toEqual({ ...quick, difference: 'central' });
    expect(asked('paper', { method: 'imle' })).toEqual({
      ...paper,
      method: 'imle',
      difference: 'forward',
      perturbation: 'fixed',
    });
    expect(asked('paper', { method: 'straight-through' })).toEqual({ ...paper, method: 'straight-through' });
  });

  it('keeps the difference of a preset that has one, unless another method is asked for', () => {
    const { presets } = neuralRelationalInference;
    const nri = (options: Record<string, string>) =>
      makeConfig(neuralRelationalInference, 'paper', givenSettings(neuralRelationalInference, options, []));
    expect(nri({})).toEqual(presets.paper);
    expect(nri({ method: 'aimle' })).toEqual(presets.paper);
    expect(nri({ method: 'imle' })).toMatchObject({ difference: 'forward', perturbation: 'fixed' });
    expect(nri({ method: 'nvil' })).not.toHaveProperty('difference');
  });

  it('takes every option, and every other setting by --set', () => {
    for (const task of tasks) {
      const [options, pairs]: [Record<string, string>, string[]] = [{}, []];
      for (const [setting, value] of Object.entries(task.presets.quick)) {
        if (task.rows[setting]!.option === undefined) pairs.push(`${setting}=${value}`);
        else options[setting] = String(value);
      }
      expect(givenSettings(task, options, pairs)).toEqual(task.presets.quick);
    }
    expect(asked('quick', { lambda: '2.5', noise: 'gumbel', steps: '5' }, 'hidden=8,4')).toEqual({
      ...quick,
      lambda: 2.5,
      perturbation: 'fixed',
      noise: 'gumbel',
      steps: 5,
      hidden: [8, 4],
      difference: 'central',
    });
  });

  it.each([
    [
      { difference: 'forward' },
      '--difference does nothing with --method straight-through, only with aimle, imle',
    ],
    [
      { perturbation: 'paper' },
      '--perturbation does nothing with --method straight-through, only with aimle',
    ],
    [{ lambda: '1' }, '--lambda does nothing with --method straight-through, only with aimle, imle'],
    [{ officialCode: 'on' }, '--official-code does nothing with --method straight-through'],
    [{ alphaStep: '1' }, '--set alphaStep does nothing with --method straight-through, only with aimle'],
    [
      { method: 'imle', perturbation: 'paper' },
      '--perturbation does nothing with --method imle, only with aimle',
    ],
    [
      { method: 'imle', changedTarget: '2' },
      '--set changedTarget does nothing with --method imle, only with aimle',
    ],
    [
      { method: 'aimle', alphaStep: '1' },
      '--set alphaStep does nothing with --perturbation noise-scaled, only with paper',
    ],
    [
      { method: 'aimle', lambda: '1', perturbation: 'paper' },
      '--lambda does nothing with --perturbation paper, only with fixed',
    ],
  ])('is refused where a setting would have no effect: %j', (given, message) => {
    const { alphaStep, changedTarget, ...options } = { method: 'straight-through', ...given } as Record<
      string,
      string
    >;
    const set = Object.entries({ alphaStep, changedTarget }).filter(([, value]) => value !== undefined);
    expect(() => asked('quick', options, ...set.map((pair) => pair.join('=')))).toThrow(message);
  });

  it('takes the options that only some methods or perturbations read', () => {
    expect(asked('quick', { method: 'imle', lambda: '2' })).toMatchObject({
      perturbation: 'fixed',
      lambda: 2,
    });
    expect(asked('quick', { perturbation: 'paper' }, 'alphaStep=1')).toMatchObject({ alphaStep: 1 });
  });
});
