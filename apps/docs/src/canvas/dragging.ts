/** A place in a drawing, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface DraggingOptions {
  /** Whether something here can be dragged; elsewhere a touch scrolls the page. */
  readonly grab: (place: Place, byTouch: boolean) => boolean;
  readonly move: (place: Place) => void;
}

/** Drags with mouse, pen or finger, from press to release. */
export function dragging(canvas: HTMLElement, { grab, move }: DraggingOptions): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let held: number | null = null;

  const placeOf = (event: PointerEvent | Touch): Place => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const release = (event: PointerEvent): void => {
    if (event.pointerId === held) held = null;
  };

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (held !== null || event.button !== 0 || !grab(placeOf(event), event.pointerType === 'touch')) return;
      held = event.pointerId;
      canvas.setPointerCapture(event.pointerId);
      event.preventDefault();
      move(placeOf(event));
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId === held) move(placeOf(event));
    },
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(end, release, { signal });
  // A finger that drags must not scroll the page; elsewhere it may.
  canvas.addEventListener(
    'touchmove',
    (event) => {
      if (held !== null) event.preventDefault();
    },
    { signal, passive: false },
  );
  return () => ended.abort();
}
