// What stands below the log: what Claude does now, an interruption, and messages that Claude is about to get.
import type { OpenConversation } from '../../store.ts';
import type { OutboxEntry } from '../../outbox-entries.ts';
import { useApp } from '../app-context.ts';
import { Interruption } from './interruption.tsx';
import { shownOf } from './attachments/shown-file.ts';
import { Bubble, Message } from './message.tsx';
import { ToBackground } from './tasks-strip.tsx';
import { TurnLine } from './turn-line.tsx';
import { UnsentChoices } from './unsent-choices.tsx';
import { useUnsent } from './use-unsent.ts';
import { waitsAboveComposer } from './waiting.ts';

export function Below({ conversation }: { conversation: OpenConversation }) {
  const view = conversation.view.value;
  const isAbove = waitsAboveComposer(view);
  const unsent = useUnsent(conversation).filter(({ state }) => !isAbove || state === 'refused');
  const queue = isAbove ? [] : view.queue;
  return (
    <>
      <TurnLine view={view} />
      <ToBackground conversation={conversation} />
      <Interruption conversation={conversation} />
      {queue.map((message) => (
        <div key={message.clientId} class="item message queued">
          <Message message={message} />
        </div>
      ))}
      {unsent.map((entry) => (
        <Unsent key={entry.clientId} entry={entry} />
      ))}
    </>
  );
}

function Unsent({ entry }: { entry: OutboxEntry }) {
  const { uploads } = useApp();
  const files = shownOf(entry, uploads.files.value);
  const state = entry.state === 'refused' ? 'refused' : entry.state === 'waiting' ? 'here' : 'sent';
  return (
    <div class="item message queued">
      <Bubble name={entry.clientId} text={entry.text} state={state} at={entry.at} files={files} />
      <UnsentChoices entry={entry} />
    </div>
  );
}
