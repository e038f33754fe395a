import { discreteVae } from '@aimle/discrete-vae';
import { describe, expect, it } from 'vitest';
import { dvaeOptions, newConfig, resumedConfig } from '../src/options/dvae.js';
import { parsed } from '../src/options/values.js';

const { quick, paper } = discreteVae.presets;

describe('the configuration of a new run', () => {
  it('is the preset, with the difference that its method takes', () => {
    expect(newConfig(quick, parsed(dvaeOptions, {}))).toEqual({ ...quick, difference: 'central' });
    const imle = newConfig(paper, parsed(dvaeOptions, { method: 'imle' }));
    expect(imle).toEqual({ ...paper, method: 'imle', difference: 'forward' });
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

  it('is refused where an option can do nothing', () => {
    for (const [name, value] of [
      ['difference', 'forward'],
      ['perturbation', 'paper'],
      ['lambda', '1'],
    ] as const) {
      const options = parsed(dvaeOptions, { method: 'straight-through', [name]: value });
      expect(() => newConfig(quick, options)).toThrow(
        `--${name} does nothing with --method straight-through`,
      );
    }
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
