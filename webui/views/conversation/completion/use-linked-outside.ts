// Which of the files that a message names lead out of the project by a link: asked of the computer a moment after they were typed,
// each once. Where nobody answers nothing is said.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { answerOrNothing } from './known-catalog.ts';
import { innerMentions } from './outside-mentions.ts';

const settleMs = 250;
/** More than these nobody names by hand. */
const most = 50;

export function useLinkedOutside(conversationId: string, text: string, cwd: string): ReadonlySet<string> {
  const { command } = useApp();
  const known = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const named = innerMentions(text, cwd);
  const paths = named.filter((path) => !known.value.has(path)).slice(0, most);
  const asked = JSON.stringify(paths);
  useEffect(() => {
    if (paths.length === 0) return undefined;
    const timer = setTimeout(async () => {
      const answer = await answerOrNothing(
        command('file.checkOutside', { conversationId, paths: [...paths] }),
      );
      if (!answer) return;
      const said = paths.map((path) => [path, answer.paths.includes(path)] as const);
      known.value = new Map([...known.value, ...said]);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [asked, conversationId]);
  return new Set(named.filter((path) => known.value.get(path)));
}
