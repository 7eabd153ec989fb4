// Fingers on a picture: from where they were and where they are to how it lies. Holds the picture's place in the styles of its stage
// (--scale, --x, --y); draws nothing.

export interface Lie {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const atRest: Lie = { scale: 1, x: 0, y: 0 };
const largest = 6;
const doubled = 2.5;
/** A swipe this far down leaves, px. */
const enough = 90;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Larger or smaller around a point, given from the stage's middle; what is under it stays under it. Pure. */
export function zoomed(lie: Lie, by: number, around: Point): Lie {
  const scale = Math.min(largest, Math.max(1, lie.scale * by));
  if (scale === 1) return atRest;
  const grown = scale / lie.scale;
  return { scale, x: around.x - (around.x - lie.x) * grown, y: around.y - (around.y - lie.y) * grown };
}

/** Not further than the picture's edge, when it is as large as the stage. Pure. */
export function kept({ scale, x, y }: Lie, stage: { width: number; height: number }): Lie {
  const [mostX, mostY] = [(stage.width * (scale - 1)) / 2, (stage.height * (scale - 1)) / 2];
  const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return { scale, x: within(x, mostX), y: within(y, mostY) };
}

/** Returns a disposer. */
export function followFingers(stage: HTMLElement, leave: () => void): () => void {
  const fingers = new Map<number, Point>();
  const listening = new AbortController();
  let lie = atRest;
  let pulled = 0;
  let lastTap = 0;

  function show(): void {
    const { scale, x, y } = lie;
    stage.style.setProperty('--scale', String(scale));
    stage.style.setProperty('--x', `${x}px`);
    stage.style.setProperty('--y', `${y + pulled}px`);
  }
  function pointOf(event: MouseEvent): Point {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
  }
  function set(next: Lie): void {
    lie = kept(next, { width: stage.clientWidth, height: stage.clientHeight });
    show();
  }
  function move(event: PointerEvent): void {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = pointOf(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      set(zoomed(lie, distance(now, other) / Math.max(1, distance(before, other)), middle));
    } else if (lie.scale > 1) {
      set({ ...lie, x: lie.x + now.x - before.x, y: lie.y + now.y - before.y });
    } else {
      pulled = Math.max(0, pulled + now.y - before.y);
      show();
    }
  }
  function lift(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return;
    if (pulled > enough) return leave();
    pulled = 0;
    show();
  }
  function press(event: PointerEvent): void {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, pointOf(event));
    const isDouble = fingers.size === 1 && event.timeStamp - lastTap < 300;
    lastTap = fingers.size === 1 ? event.timeStamp : 0;
    if (isDouble) set(lie.scale > 1 ? atRest : zoomed(lie, doubled, pointOf(event)));
  }

  const { signal } = listening;
  stage.addEventListener('pointerdown', press, { signal });
  stage.addEventListener('pointermove', move, { signal });
  stage.addEventListener('pointerup', lift, { signal });
  stage.addEventListener('pointercancel', lift, { signal });
  stage.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      set(zoomed(lie, Math.exp(-event.deltaY / 300), pointOf(event)));
    },
    { signal, passive: false },
  );
  return () => listening.abort();
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
