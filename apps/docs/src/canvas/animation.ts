import { button } from '../controls/button.js';

export function lessMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Calls `step` once per frame with the seconds since the last frame, while it plays and the element is visible. */
export function animation(element: Element, step: (seconds: number) => void) {
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
  const turn = (on: boolean): void => {
    playing = on;
    settle();
  };
  const watcher = new IntersectionObserver((entries) => {
    visible = entries.at(-1)?.isIntersecting ?? true;
    settle();
  });
  watcher.observe(element);
  return {
    play: () => turn(true),
    pause: () => turn(false),
    dispose() {
      turn(false);
      watcher.disconnect();
    },
  };
}

/** An animation with the button that stops and continues it. It begins at once, except for readers who asked for less motion. */
export function player(
  element: Element,
  labels: { readonly play: string; readonly pause: string },
  step: (seconds: number) => void,
) {
  const film = animation(element, step);
  let playing = false;
  const control = button({ label: labels.play, onPress: () => turn(!playing) });
  const turn = (on: boolean): void => {
    playing = on;
    control.textContent = on ? labels.pause : labels.play;
    if (on) film.play();
    else film.pause();
  };
  turn(!lessMotion());
  return { button: control, pause: () => turn(false), dispose: film.dispose };
}
