// What runs inside of the measured page: it notes when frames come, when the end of the conversation can be read and when a
// key that was pressed is painted. Plain functions that are handed to the browser as they are; they can use nothing outside.

export interface PageNotes {
  /** When each frame began, ms since the navigation. */
  frames: number[];
  /** When the last words of the conversation were first in sight; 0 before that. */
  readable: number;
  /** Each key: from the press to the frame behind the one that shows it, ms. */
  keys: number[];
}

declare global {
  interface Window {
    notes: PageNotes;
  }
}

/** To run before anything else in the page. */
export function takeNotes(): void {
  const notes: PageNotes = { frames: [], readable: 0, keys: [] };
  window.notes = notes;
  const frame = (now: number) => {
    notes.frames.push(now);
    if (notes.readable === 0 && isReadable()) notes.readable = performance.now();
    requestAnimationFrame(frame);
  };
  const isReadable = () => {
    const last = [...document.querySelectorAll('[role="log"] .receipt-line')].at(-1);
    const box = last?.getBoundingClientRect();
    return box !== undefined && box.height > 0 && box.bottom > 0 && box.bottom <= innerHeight;
  };
  requestAnimationFrame(frame);
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => notes.keys.push(performance.now() - timeStamp)));
    },
    true,
  );
}

/** When the page first had half a second of calm frames behind the moment at which it could be read. */
export function interactiveAt({ frames, readable }: PageNotes): number {
  let calmSince = readable;
  for (const [index, at] of frames.entries()) {
    const before = frames[index - 1] ?? at;
    if (at <= readable) continue;
    if (at - before > 50) calmSince = at;
    if (at - calmSince >= 500) break;
  }
  return calmSince;
}
