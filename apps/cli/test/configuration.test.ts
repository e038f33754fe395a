import { discreteVae } from '@aimle/discrete-vae';
import { describe, expect, it } from 'vitest';
import { dvaeOptions, newConfig, resumedConfig } from '../src/options/dvae.js';
import { parsed } from '../src/options/values.js';

const { quick, paper } = discreteVae.presets;

describe('the configuration of a new run', () => {
  it('is the preset, with the difference that its method takes', () => {
    expect(newConfig(quick, parsed(dvaeOptions, {}))).toEqual({ ...quick, difference: 'central' });
    const imle = newConfig(paper, parsed(dvaeOptions, { method: 'imle' }));
    expect(imle).toEqual({ ...paper, method: 'imle', difference: 'forward', perturbation: 'fixed' });
    const straight = newConfig(paper, parsed(dvaeOptions, { method: 'straight-through' }));
    expect(straight).toEqual({ ...paper, method: 'straight-through' });
  });

  it('takes every option', () => {
    const asked = {
      method: 'aimle',
      difference: 'forward',
      samples: 4,
      noise: 'gumbel',
      lambda: 2.5,
      compatibility: 'official',
      data: 'digits',
      seed: 12,
      epochs: 3,
      steps: 5,
    };
    const raw = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]));
    const config = newConfig(quick, parsed(dvaeOptions, { ...raw, set: ['temperature=0.5', 'hidden=8,4'] }));
    expect(config).toEqual({ ...quick, ...asked, perturbation: 'fixed', temperature: 0.5, hidden: [8, 4] });
  });

  it.each([
    [
      'straight-through',
      { difference: 'forward' },
      '--difference does nothing with --method straight-through',
    ],
    ['straight-through', { perturbation: 'paper' }, '--perturbation does nothing with'],
    ['straight-through', { lambda: '1' }, '--lambda does nothing with'],
    ['straight-through', { compatibility: 'official' }, '--compatibility does nothing with'],
    [
      'straight-through',
      { set: ['alphaStep=1'] },
      '--set alphaStep does nothing with --method straight-through',
    ],
    ['imle', { perturbation: 'paper' }, '--perturbation must be fixed with --method imle, got "paper"'],
    ['imle', { perturbation: 'noise-scaled' }, '--perturbation must be fixed with --method imle'],
    ['imle', { set: ['changedTarget=2'] }, '--set changedTarget does nothing with --perturbation fixed'],
    ['aimle', { set: ['alphaStep=1'] }, '--set alphaStep does nothing with --perturbation noise-scaled'],
  ])('is refused where %s leaves %j without effect', (method, asked, message) => {
    const options = parsed(dvaeOptions, { method, ...asked });
    expect(() => newConfig(quick, options)).toThrow(message);
  });

  it('takes the options that only some methods or perturbations read', () => {
    const imle = newConfig(
      quick,
      parsed(dvaeOptions, { method: 'imle', perturbation: 'fixed', lambda: '2' }),
    );
    expect(imle).toMatchObject({ perturbation: 'fixed', lambda: 2 });
    const controlled = newConfig(quick, parsed(dvaeOptions, { perturbation: 'paper', set: ['alphaStep=1'] }));
    expect(controlled).toMatchObject({ perturbation: 'paper', alphaStep: 1 });
  });
});

describe('the configuration that a run goes on with', () => {
  const recorded = { ...quick, steps: 10 };

  it('is its own, and --epochs takes the place of its number of steps', () => {
    expect(resumedConfig(recorded, parsed(dvaeOptions, {}))).toEqual(recorded);
    expect(resumedConfig(recorded, parsed(dvaeOptions, { steps: '20' }))).toEqual({ ...quick, steps: 20 });
    expect(resumedConfig(recorded, parsed(dvaeOptions, { epochs: '20' }))).toEqual({ ...quick, epochs: 20 });
  });

  it('cannot change in anything else', () => {
    expect(() => resumedConfig(recorded, parsed(dvaeOptions, { noise: 'none' }))).toThrow(
      '--noise cannot change',
    );
    expect(() => resumedConfig(recorded, parsed(dvaeOptions, { set: ['k=2'] }))).toThrow(
      '--set cannot change',
    );
  });
});
