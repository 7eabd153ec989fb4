// The way from one message of the person's to the one before or behind it, over pages that are not here.
import type { CommandResult } from '../../../daemon/protocol/commands.ts';
import type { OpenConversation } from '../../store.ts';
import { windowOn } from './transcript-window.ts';

export type Prompt = CommandResult<'conversation.outline'>['prompts'][number];

/** Asked when it is needed, and kept until there is a newer message. */
const known = new WeakMap<
  OpenConversation,
  { readonly newest: string; readonly prompts: readonly Prompt[] }
>();

export async function promptsOf(
  conversation: OpenConversation,
  outline: () => Promise<CommandResult<'conversation.outline'>>,
): Promise<readonly Prompt[]> {
  const newest = newestMessage(conversation);
  const before = known.get(conversation);
  if (before?.newest === newest) return before.prompts;
  const { prompts } = await outline();
  known.set(conversation, { newest, prompts });
  return prompts;
}

/** Undefined when there is none on that side. */
export function promptBeside(
  conversation: OpenConversation,
  prompts: readonly Prompt[],
  side: 'before' | 'behind',
): Prompt | undefined {
  const { place, pages } = windowOn(conversation);
  const now = place?.now;
  if (now?.kind !== 'row') return side === 'before' ? prompts.at(-1) : undefined;
  const indexOf = (key: string, page: number) =>
    pages.find(({ number }) => number === page)?.items.findIndex((item) => item.key === key) ?? 0;
  const order = ({ key, page }: { key: string; page: number }) =>
    page === now.page ? indexOf(key, page) - indexOf(now.key, page) : page - now.page;
  // A message that begins above the edge is the one before, although it is in sight.
  const isCut = now.top < -1;
  return side === 'before'
    ? prompts.findLast((prompt) => (isCut ? order(prompt) <= 0 : order(prompt) < 0))
    : prompts.find((prompt) => order(prompt) > 0);
}

export function goToPrompt(conversation: OpenConversation, { key, page }: Prompt): Promise<void> {
  return windowOn(conversation).goTo({ key, page, top: 12 });
}

function newestMessage({ view }: OpenConversation): string {
  const { pages, dropped } = view.value;
  for (const items of pages.toReversed()) {
    const message = items.findLast((item) => item.kind === 'message');
    if (message) return message.key;
  }
  return `before ${dropped}`;
}
