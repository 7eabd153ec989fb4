// What stands below the log: what Claude does now, an interruption, and messages that Claude is about to get.
import type { OpenConversation } from '../../store.ts';
import type { OutboxEntry } from '../../outbox-entries.ts';
import { useApp } from '../app-context.ts';
import { Interruption } from './interruption.tsx';
import { shownOf } from './attachments/shown-file.ts';
import { Bubble, Message } from './message.tsx';
import { ToBackground } from './tasks-strip.tsx';
import { TurnLine } from './turn-line.tsx';
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
  const { outbox, uploads } = useApp();
  const { fileIds = [] } = entry;
  const files = shownOf(entry, uploads.files.value);
  const sendAgain = () => {
    const all = uploads.files.value.filter(({ fileId }) => fileIds.includes(fileId));
    for (const { fileId, state } of all) if (state.kind === 'refused') uploads.retry(fileId);
    void outbox.retry(entry.clientId);
  };
  const remove = () => {
    void outbox.remove(entry.clientId);
    for (const fileId of fileIds) uploads.remove(fileId);
  };
  const state = entry.state === 'refused' ? 'refused' : entry.state === 'waiting' ? 'here' : 'sent';
  return (
    <div class="item message queued">
      <Bubble text={entry.text} state={state} at={entry.at} files={files} />
      {entry.state === 'refused' && (
        <div class="choices">
          <span class="cause">{entry.reason}</span>
          <button type="button" class="button" onClick={sendAgain}>
            Send again
          </button>
          <button type="button" class="button" onClick={remove}>
            Remove
          </button>
        </div>
      )}
    </div>
  );
}
