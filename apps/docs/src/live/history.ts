/** The course of a quantity, in a limited number of points. */
export interface History {
  readonly points: readonly (readonly [step: number, value: number])[];
  add(step: number, value: number): void;
  clear(): void;
}

/** Keeps every point until there are `maxPoints`, then every second one, and so on. Always keeps the last. */
export function history(maxPoints = 400): History {
  let kept: [number, number][] = [];
  let spacing = 0;
  let provisional = false;
  const clear = (): void => {
    kept = [];
    spacing = 0;
    provisional = false;
  };
  return {
    get points() {
      return kept;
    },
    add(step, value) {
      // A step lower than the one before belongs to a new model.
      if (step < (kept.at(-1)?.[0] ?? 0)) clear();
      if (provisional) kept.pop();
      const before = kept.at(-1);
      provisional = before !== undefined && step - before[0] < spacing;
      kept.push([step, value]);
      if (kept.length < maxPoints) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      spacing = Math.max(...kept.slice(1).map(([at], i) => at - kept[i]![0]));
      provisional = false;
    },
    clear,
  };
}
