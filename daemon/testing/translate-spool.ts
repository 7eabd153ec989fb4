// What a whole spool means, as the session would log it: drafts with the number of the line that each comes from.
import { parseCliLine } from '../claude/cli-lines.ts';
import { translate } from '../claude/translate.ts';
import { startTranslation } from '../claude/translation.ts';
import type { ConversationDraft } from '../protocol/events.ts';

interface Translated {
  /** Counted from 1. */
  readonly line: number;
  readonly draft: ConversationDraft;
}

export function translateSpool(spool: string): Translated[] {
  let state = startTranslation();
  return spool
    .split('\n')
    .slice(0, -1)
    .flatMap((text, index): Translated[] => {
      const line = index + 1;
      const parsed = parseCliLine(text);
      if ('kept' in parsed) return [{ line, draft: { type: 'line.kept', line: parsed.kept } }];
      const translation = translate(state, parsed.known);
      state = translation.state;
      return translation.events.map((draft) => ({ line, draft }));
    });
}
