// The end of what a preview has printed, line by line, for whoever looks at its log. Memory only, and bounded.
import type { Clock } from '../ports.ts';

const maxLines = 2000;
const maxLineLength = 2000;
const pageLines = 500;

export interface LogPage {
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly last: number;
}

export interface RecentLines {
  add(text: string): void;
  /** The last `count`. */
  tail(count: number): readonly string[];
  /** Up to 500 behind `after`, the newest. */
  page(after: number): LogPage;
  /** Resolves when there is something behind `after`, or after `ms`. */
  grown(after: number, ms: number): Promise<void>;
}

export function createRecentLines(clock: Clock): RecentLines {
  let kept: string[] = [];
  let last = 0;
  const waiting = new Set<() => void>();

  return {
    add(text) {
      kept.push(text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text);
      last += 1;
      // Not one by one: taking the first of an array costs as much as the rest is long.
      if (kept.length > 2 * maxLines) kept = kept.slice(-maxLines);
      for (const tell of [...waiting]) tell();
    },
    tail: (count) => kept.slice(-count),
    page(after) {
      const count = Math.min(last - after, pageLines, kept.length);
      const lines = count <= 0 ? [] : kept.slice(-count);
      const first = last - lines.length + 1;
      return { lines: lines.map((text, at) => ({ line: first + at, text })), last };
    },
    grown(after, ms) {
      if (last !== after) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          cancel();
          waiting.delete(done);
          resolve();
        };
        const cancel = clock.after(ms, done);
        waiting.add(done);
      });
    },
  };
}
