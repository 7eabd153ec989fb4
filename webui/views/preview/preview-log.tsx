// The end of what a preview's server prints, as it comes. Text with colours, never markup.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Terminal } from '../../tools/terminal.tsx';
import { answerOrNothing } from '../conversation/completion/known-catalog.ts';
import { useApp } from '../app-context.ts';

const mostLines = 500;

interface Line {
  readonly line: number;
  readonly text: string;
}

export function PreviewLog({ previewId }: { previewId: string }) {
  const { command, connection } = useApp();
  const lines = useSignal<readonly Line[]>([]);
  const isRead = useSignal(false);
  const end = useRef<HTMLDivElement>(null);
  /** Whoever has scrolled up reads there. */
  const isAtEnd = useRef(true);
  const isLive = connection.state.value.kind === 'live';

  useEffect(() => {
    let isGone = !isLive;
    const follow = async () => {
      let after = lines.peek().at(-1)?.line ?? 0;
      while (!isGone) {
        const page = await answerOrNothing(command('preview.log', { previewId, after, wait: isRead.peek() }));
        if (isGone || !page) return;
        const before = page.last < after ? [] : lines.peek();
        if (page.lines.length > 0 || page.last < after)
          lines.value = [...before, ...page.lines].slice(-mostLines);
        isRead.value = true;
        after = page.last;
      }
    };
    void follow();
    return () => {
      isGone = true;
    };
  }, [previewId, isLive]);

  const count = lines.value.length;
  const last = lines.value.at(-1)?.line ?? 0;
  useLayoutEffect(() => {
    const box = end.current?.parentElement;
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight;
  }, [last]);
  useEffect(() => {
    const box = end.current?.parentElement;
    const follow = () => {
      if (box) isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    };
    box?.addEventListener('scroll', follow, { passive: true });
    return () => box?.removeEventListener('scroll', follow);
  }, [count > 0]);
  if (count === 0) return <p class="quiet">{isRead.value ? 'It has printed nothing yet.' : 'Reading…'}</p>;
  return (
    <div ref={end} class="preview-log">
      <Terminal text={lines.value.map(({ text }) => text).join('\n')} kind="output" />
    </div>
  );
}
