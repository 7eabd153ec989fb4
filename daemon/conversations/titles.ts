// A title by Claude, once a first turn went well: asked of the run that is up, for the price of one small call. Headless Claude
// Code makes none by itself. It must never get in the person's way: a title of theirs stays, and a failure says nothing.
import * as z from 'zod/mini';
import type { Logger } from '../ports.ts';
import type { ClaudeSession } from '../ports/claude.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import type { ConversationView, Item, MessageItem } from '../protocol/view.ts';

/** So often it is tried while the daemon runs. */
const tries = 3;
/** Of a long message the beginning says what it is about. */
const longest = 2000;

const Answer = z.object({ title: z.string().check(z.minLength(1)) });

export interface Titles {
  /** To be called at the end of each turn. */
  suggest(session: ClaudeSession | undefined): void;
}

export function createTitles(options: {
  view: () => ConversationView;
  record: (drafts: readonly ConversationDraft[]) => { durable: Promise<void> };
  logger: Logger;
}): Titles {
  const { view, record, logger } = options;
  let left = tries;
  let isAsking = false;

  async function ask(session: ClaudeSession, description: string): Promise<void> {
    const answer = await session.request({ subtype: 'generate_session_title', description, persist: true });
    const title = Answer.safeParse(answer).data?.title.trim().slice(0, 200);
    if (!title || view().titledBy !== null) return;
    await record([{ type: 'conversation.renamed', title, by: 'claude' }]).durable;
  }

  return {
    suggest(session) {
      if (!session || isAsking || left === 0) return;
      const description = subjectOf(view());
      if (description === undefined) return;
      left -= 1;
      isAsking = true;
      ask(session, description)
        .catch((error: unknown) => logger.info('no title', { reason: String(error) }))
        .finally(() => {
          isAsking = false;
        });
    },
  };
}

/** What the conversation is about; undefined when it has its title, or when no turn went well yet. */
export function subjectOf({ titledBy, pages }: ConversationView): string | undefined {
  if (titledBy !== null) return undefined;
  const items = pages.flat().filter((item) => !item.aside);
  // A fork is called by what is new in it.
  const own = items.slice(items.findLastIndex((item) => item.kind === 'mark' && item.mark === 'forked') + 1);
  const isAnswered = own.some((item) => item.kind === 'receipt' && item.outcome === 'completed');
  return isAnswered ? own.find(isSubject)?.text.slice(0, longest) : undefined;
}

/** A command to the CLI itself says nothing of what it is about. */
function isSubject(item: Item): item is MessageItem {
  return item.kind === 'message' && item.text.trim() !== '' && !item.text.startsWith('/');
}
