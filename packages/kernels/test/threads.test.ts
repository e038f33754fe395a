import { describe, expect, test, vi } from 'vitest';
import { kernels, type Team, useKernels } from '../src/index.js';

/** More than enough to be worth threads. */
const WORK = 1e9;

/** The team of so many threads, once it is ready. */
async function teamOf(threads: number): Promise<Team> {
  await useKernels(true, { threads });
  return vi.waitFor(() => {
    const team = kernels()!.team(WORK);
    expect(team.threads).toBe(threads);
    return team;
  }, 60_000);
}

/** Uniform numbers, made in tasks of `length`. */
function uniform(team: Team, count: number, length: number): Float32Array {
  const out = new Float32Array(count);
  const { slots } = team.reserve({ slot: [4 * length] });
  const lengthOf = (task: number) => Math.min(length, count - task * length);
  team.run({
    tasks: Math.ceil(count / length),
    perform: (calls, task, slot) => calls.fillUniform(1, 2, task * length, lengthOf(task), slots[slot]![0]!),
    finish: (task, slot) =>
      out.set(kernels()!.memory.floats(slots[slot]![0]!, lengthOf(task)), task * length),
  });
  return out;
}

describe('a team', () => {
  test.each([1, 2, 3])('of %i makes the numbers of one kernel call', async (threads) => {
    const team = await teamOf(threads);
    const { memory, fillUniform } = kernels()!;
    const at = memory.keep(4 * 10_000);
    fillUniform(1, 2, 0, 10_000, at);
    const whole = memory.floats(at, 10_000).slice();
    for (let round = 0; round < 20; round++) expect(uniform(team, 10_000, 64).join()).toBe(whole.join());
  });

  test('gives each thread room of its own, set up before its first task', async () => {
    const team = await teamOf(3);
    const [tasks, size] = [200, 8];
    const sums = new Float64Array(2 * tasks);
    const { shared, own, slots } = team.reserve({
      shared: [4 * size],
      own: [4 * (2 * size + 256), 4 * 1056, 4 * 40_000],
      slot: [4 * size, 4, 4 * size],
    });
    const { memory } = kernels()!;
    memory.floats(shared[0]!, size).fill(0);
    const ones: number[] = [];
    team.run({
      tasks,
      setUp: (calls) => {
        calls.setSubsets(size, 3, 3, own[0]!);
        calls.setNoise(0, 0, own[1]!);
        calls.setLayout(1, 1, 1, false, own[2]!);
        calls.forgetMagnitudes();
      },
      perform: (calls, task, slot) => {
        const [theta, states, z] = slots[slot] as [number, number, number];
        memory
          .floats(theta, size)
          .set(Float32Array.from({ length: size }, (_, j) => ((j * 5 + task) % size) / 8));
        calls.sampleStates(task, 1, 0, 0, 1, theta, z, states);
        calls.sumRows(z, 1, 2, theta);
      },
      finish: (task, slot) => {
        sums.set(memory.doubles(slots[slot]![0]!, 2), 2 * task);
        ones.push(task);
      },
    });
    expect(ones).toEqual(Array.from({ length: tasks }, (_, task) => task));
    expect(sums).toEqual(Float64Array.from({ length: 2 * tasks }, (_, i) => (i % 2 === 0 ? 6 : 12)));
  });

  test('hands an error on, and goes on working afterwards', async () => {
    const team = await teamOf(3);
    const whole = uniform(team, 10_000, 64);
    team.reserve({ slot: [16] });
    const run = (fault: () => void) =>
      team.run({ tasks: 50, perform: (calls) => calls.fillUniform(0, 0, 0, 4, 0xffff_fff0), finish: fault });
    expect(() => run(() => {})).toThrow('memory access out of bounds');
    expect(() =>
      team.run({
        tasks: 50,
        perform: (_calls, task) => {
          if (task === 40) throw new Error('stop');
        },
      }),
    ).toThrow('stop');
    expect(uniform(team, 10_000, 64)).toEqual(whole);
  });
});
