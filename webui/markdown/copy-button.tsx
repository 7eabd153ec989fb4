// A button that puts a text on the clipboard and says that it did, or that it could not.
// Holds no text of its own.
import { useEffect, useState } from 'preact/hooks';

type Outcome = 'idle' | 'copied' | 'refused';

const words = { idle: 'Copy', copied: 'Copied', refused: 'Cannot copy' } satisfies Record<Outcome, string>;
const shownMs = 2000;

export function CopyButton({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return undefined;
    const timer = setTimeout(() => setOutcome('idle'), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    copyText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  return (
    <button type="button" class="copy-button" onClick={copy} aria-live="polite">
      {words[outcome]}
    </button>
  );
}

/** Rejects when the browser does not let it. */
async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
