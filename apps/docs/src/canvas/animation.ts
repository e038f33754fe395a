export interface Animation {
  /** Whether it should run; it pauses while it is not visible. */
  readonly playing: boolean;
  play(): void;
  pause(): void;
  dispose(): void;
}

/** Whether the reader asked for less motion. */
export function lessMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Calls `step` once per frame with the seconds since the last frame, while it plays and the element is visible.
 */
export function animation(element: Element, step: (seconds: number) => void): Animation {
  let playing = false;
  let visible = true;
  let asked = 0;
  let before = 0;

  const frame = (now: number): void => {
    // After a pause the animation continues where it stopped.
    const seconds = before === 0 ? 1 / 60 : Math.min((now - before) / 1000, 0.1);
    before = now;
    asked = requestAnimationFrame(frame);
    step(seconds);
  };
  const settle = (): void => {
    const runs = playing && visible;
    if (runs && asked === 0) {
      before = 0;
      asked = requestAnimationFrame(frame);
    } else if (!runs && asked !== 0) {
      cancelAnimationFrame(asked);
      asked = 0;
    }
  };
  const watcher = new IntersectionObserver((entries) => {
    visible = entries.at(-1)?.isIntersecting ?? true;
    settle();
  });
  watcher.observe(element);

  return {
    get playing() {
      return playing;
    },
    play() {
      playing = true;
      settle();
    },
    pause() {
      playing = false;
      settle();
    },
    dispose() {
      playing = false;
      settle();
      watcher.disconnect();
    },
  };
}
