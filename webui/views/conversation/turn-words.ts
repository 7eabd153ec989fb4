// What Claude does at this moment, in a few words for the line below the transcript. Pure.
import { findItem } from '../../../daemon/protocol/pages.ts';
import type { ConversationView, Item } from '../../../daemon/protocol/view.ts';
import { toolWords } from '../../tools/tool-words.ts';
import { retryWords } from './retry-words.ts';

type Told = Pick<ConversationView, 'turn' | 'open' | 'pages' | 'requests' | 'cwd'>;

/** Empty when no turn runs. `now` is the computer's time, ms since 1970. */
export function turnWords(view: Told, now: number): string {
  const { turn, requests } = view;
  if (!turn) return '';
  if (turn.stopping) return 'Stopping…';
  if (turn.isCompacting) return 'Making room…';
  if (requests.length > 0) return 'Waiting for you';
  if (turn.retry) return retryWords(turn.retry, now);
  return doing(view) ?? 'Working';
}

/** The newest of what is open; what a subagent does is told when nothing of Claude's own is. */
function doing({ open, pages, cwd }: Told): string | undefined {
  const items = open.flatMap((key) => findItem(pages, key) ?? []);
  const own = items.findLast((item) => !('parentToolId' in item && item.parentToolId !== undefined));
  const newest = own ?? items.at(-1);
  return newest && wordsOf(newest, cwd);
}

function wordsOf(item: Item, cwd: string): string | undefined {
  if (item.kind === 'text') return 'Writing';
  if (item.kind === 'thinking') return 'Thinking';
  if (item.kind !== 'tool') return undefined;
  const { verb, target } = toolWords(item, cwd);
  return `${verb} ${target.head}${target.tail}`.trim();
}
