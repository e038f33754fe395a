/** How a quantity went, in at most so many points. */
export interface History {
  readonly points: readonly (readonly [step: number, value: number])[];
  add(step: number, value: number): void;
  clear(): void;
}

/** Keeps every point while there are few; when there are `most`, every second one, and so on. The last is always there. */
export function history(most = 400): History {
  let kept: [number, number][] = [];
  let apart = 0;
  let provisional = false;
  const clear = (): void => {
    kept = [];
    apart = 0;
    provisional = false;
  };
  return {
    get points() {
      return kept;
    },
    add(step, value) {
      // A step that comes after a later one is another model's.
      if (step < (kept.at(-1)?.[0] ?? 0)) clear();
      if (provisional) kept.pop();
      const before = kept.at(-1);
      provisional = before !== undefined && step - before[0] < apart;
      kept.push([step, value]);
      if (kept.length < most) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      apart = Math.max(...kept.slice(1).map(([at], i) => at - kept[i]![0]));
      provisional = false;
    },
    clear,
  };
}
