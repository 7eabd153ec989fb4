// What a person should know of a message before it goes: a file that it names outside the project, or a command that is none.
import type { OpenConversation } from '../../../store.ts';
import { knownCatalog } from './known-catalog.ts';
import { outsideWarning } from './outside-mentions.ts';
import { unknownCommand } from './suggestions.ts';
import { useLinkedOutside } from './use-linked-outside.ts';

export function OutsideNote(props: { conversationId: string; text: string; cwd: string }) {
  const { conversationId, text, cwd } = props;
  const warning = outsideWarning(text, cwd, useLinkedOutside(conversationId, text, cwd));
  return (
    <p class={warning === undefined ? 'unsaid' : 'draft-note careful'} role="status">
      {warning}
    </p>
  );
}

export function CommandNote({ text, conversation }: { text: string; conversation: OpenConversation }) {
  const catalog = knownCatalog(conversation).value;
  const name = catalog && unknownCommand(text, catalog.commands);
  return (
    <p class={name === undefined ? 'unsaid' : 'draft-note'} role="status">
      {name !== undefined && `/${name} is no command here. It goes to Claude as it stands.`}
    </p>
  );
}
