// Under a message that the computer did not take, or whose files it does not take yet: why, and what can be done about it.
import type { OutboxEntry } from '../../outbox-entries.ts';
import type { FileState } from '../../uploads/stored-file.ts';
import { useApp } from '../app-context.ts';

export function UnsentChoices({ entry }: { entry: OutboxEntry }) {
  const { outbox, uploads } = useApp();
  const { clientId, fileIds = [] } = entry;
  const files = uploads.files.value.filter(({ fileId }) => fileIds.includes(fileId));
  const isRefused = entry.state === 'refused';
  const reason = isRefused ? entry.reason : files.map(({ state }) => waitsFor(state)).find(Boolean);
  if (reason === undefined) return null;
  const again = () => {
    for (const { fileId, state } of files) if (state.kind === 'refused') uploads.retry(fileId);
    uploads.go();
    void outbox.retry(clientId);
  };
  const remove = () => {
    void outbox.remove(clientId);
    for (const fileId of fileIds) uploads.remove(fileId);
  };
  return (
    <div class="choices">
      <span class="cause">{reason}</span>
      <button type="button" class="button" onClick={again}>
        {isRefused ? 'Send again' : 'Try again'}
      </button>
      <button type="button" class="button" onClick={remove}>
        Remove
      </button>
    </div>
  );
}

/** The computer put the file off; it is asked again by itself. */
function waitsFor(state: FileState): string | undefined {
  return state.kind === 'waiting' ? state.reason : undefined;
}
