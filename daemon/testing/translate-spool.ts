// What a whole spool means, as the session would log it: drafts with the offset of the line that each comes from.
import { parseCliLine } from '../claude/cli-lines.ts';
import { translate } from '../claude/translate.ts';
import { startTranslation } from '../claude/translation.ts';
import type { ConversationDraft } from '../protocol/events.ts';

interface Translated {
  readonly end: number;
  readonly draft: ConversationDraft;
}

export function translateSpool(spool: string): Translated[] {
  let state = startTranslation();
  let end = 0;
  return spool
    .split('\n')
    .slice(0, -1)
    .flatMap((text): Translated[] => {
      end += Buffer.byteLength(text) + 1;
      const line = parseCliLine(text);
      if ('kept' in line) return [{ end, draft: { type: 'line.kept', line: line.kept } }];
      const translation = translate(state, line.known);
      state = translation.state;
      return translation.events.map((draft) => ({ end, draft }));
    });
}
