// Colours for code, when there is time for it: after the text has stood still, in an idle moment, never for long code, never
// under a selection. Until then, and for what grows behind, the code is plain.
import { useEffect, useState } from 'preact/hooks';
import type { ColouredLine } from './coloured-lines.ts';

/** Longer code stays plain: a phone would stand still for it. */
const longest = 40_000;
/** A text that has not changed for so long, ms, is taken to be whole. */
const stillFor = 250;
/** Coloured before and out of sight now: coming back it is coloured at once. */
const keptTexts = 60;

const kept = new Map<string, readonly ColouredLine[]>();

interface Coloured {
  readonly text: string;
  readonly language: string;
  readonly lines: readonly ColouredLine[];
}

/** One list of pieces for each line that is coloured yet, from the first on; `language` '' colours nothing. */
export function useColours(text: string, language: string): readonly ColouredLine[] {
  const [coloured, setColoured] = useState<Coloured | undefined>(undefined);
  const isWanted = language !== '' && text.length <= longest && text.trim() !== '';
  const before = isWanted ? kept.get(nameOf(text, language)) : undefined;
  useEffect(() => {
    if (!isWanted || before) return undefined;
    return whenStill(async (isCancelled) => {
      const { colouredLines } = await import('./coloured-lines.ts');
      if (isCancelled()) return;
      const lines = colouredLines(text, language);
      keep(nameOf(text, language), lines);
      setColoured({ text, language, lines });
    });
  }, [text, language]);
  if (!isWanted) return none;
  if (before) return before;
  if (!coloured || coloured.language !== language) return none;
  // The last line may have gone on meanwhile, and be something else by now.
  return text.startsWith(coloured.text) ? coloured.lines.slice(0, -1) : none;
}

const none: readonly ColouredLine[] = [];

function nameOf(text: string, language: string): string {
  return `${language}\n${text}`;
}

function keep(name: string, lines: readonly ColouredLine[]): void {
  kept.set(name, lines);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptTexts) break;
    kept.delete(oldest);
  }
}

/** Returns a disposer. A fetch that fails leaves the code plain. */
function whenStill(act: (isCancelled: () => boolean) => Promise<void>): () => void {
  let isCancelled = false;
  let timer = setTimeout(look, stillFor);
  function look(): void {
    if (document.getSelection()?.isCollapsed === false) {
      timer = setTimeout(look, 4 * stillFor);
      return;
    }
    whenIdle(() => {
      if (!isCancelled) act(() => isCancelled).catch(plainly);
    });
  }
  return () => {
    isCancelled = true;
    clearTimeout(timer);
  };
}

/** Safari has no idle callback. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 50);
}

function plainly(error: unknown): void {
  // The network is gone, or a new build took the file away.
  if (!(error instanceof TypeError)) throw error;
}
