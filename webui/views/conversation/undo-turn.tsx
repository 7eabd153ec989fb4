// Undoing what a turn did to files: a button in its receipt, and the sheet that says first what would change.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { type FilesBefore, FilesList } from './files-before.tsx';
import { useOpenConversation } from './use-open-conversation.ts';

/** Nothing for a turn that changed no file, or that nobody asked for: there is no message to go back to. */
export function UndoTurn({ receipt }: { receipt: ReceiptItem }) {
  const { navigation } = useApp();
  const conversation = useOpenConversation();
  const { messageKey: messageId, files, aside } = receipt;
  if (!conversation || messageId === null || files.length === 0 || aside) return null;
  const { conversationId } = conversation;
  return (
    <button
      type="button"
      class="copy-button"
      aria-haspopup="dialog"
      onClick={() => navigation.show({ name: 'undo', conversationId, messageId })}
    >
      Undo its files…
    </button>
  );
}

export function UndoSheet(props: { conversation: OpenConversation; messageId: string }) {
  const { conversation, messageId } = props;
  const { conversationId } = conversation;
  const { command, navigation } = useApp();
  const files = useSignal<FilesBefore | undefined>(undefined);
  const { isRunning, trouble, run } = useAction();
  const { turn, cwd } = conversation.view.value;
  useEffect(() => {
    run(async () => {
      files.value = await command('conversation.previewRewind', { conversationId, messageId });
    });
  }, [messageId]);
  const undo = () =>
    run(async () => {
      await command('files.restore', { conversationId, messageId });
      navigation.back();
    });
  return (
    <Sheet label="Undo this turn’s files">
      <div class="sheet-form">
        {files.value === undefined && isRunning.value && <p class="quiet">Looking at the files…</p>}
        {files.value?.mayRestore === false && (
          <p>
            There is nothing to put back: the files are as they were, or no earlier state was kept of them.
          </p>
        )}
        {files.value?.mayRestore && <FilesList files={files.value} cwd={cwd} />}
        {turn && <p>Claude is working. Wait until it is done, or stop it.</p>}
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        <div class="buttons">
          <button type="button" class="button" onClick={() => navigation.back()}>
            Leave them
          </button>
          {files.value?.mayRestore && (
            <button
              type="button"
              class="button bad"
              disabled={turn !== null || isRunning.value}
              onClick={undo}
            >
              Put back
            </button>
          )}
        </div>
      </div>
    </Sheet>
  );
}
