// The files of a conversation's draft, and what the composer does with them: takes pasted and dropped ones in, sends all on.
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { messageFilesTrouble } from '../../../../daemon/protocol/uploads.ts';
import { draftFiles, type LocalFile } from '../../../uploads/stored-file.ts';
import { useApp } from '../../app-context.ts';

export interface DraftFiles {
  readonly files: readonly LocalFile[];
  /** Something is dragged over the page that could be dropped here. */
  readonly isDropping: boolean;
  /** None is refused, and they go into one message: it can go as soon as they have arrived. */
  readonly canSend: boolean;
  /** Why they do not all go into one message; undefined when they do. */
  readonly trouble: string | undefined;
  onPaste(event: ClipboardEvent): void;
  /** Out of the draft; their ids are for the message. */
  take(): readonly string[];
}

/** A picture that is still to be made smaller counts for nothing yet. */
function asSent({ mediaType, size, isPrepared }: LocalFile): { mediaType: string; size: number } {
  return { mediaType, size: isPrepared || mediaType === 'image/gif' ? size : 0 };
}

export function useDraftFiles(conversationId: string): DraftFiles {
  const { uploads, outbox } = useApp();
  const isDropping = useSignal(false);
  const files = useComputed(() => {
    const taken = new Set(outbox.entries.value.flatMap(({ fileIds = [] }) => fileIds));
    return draftFiles(uploads.files.value, conversationId, taken);
  }).value;

  useEffect(() => {
    const listening = new AbortController();
    const on = (type: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(type, act, { signal: listening.signal });
    on('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      isDropping.value = true;
    });
    on('dragleave', (event) => {
      if (event.relatedTarget === null) isDropping.value = false;
    });
    on('drop', (event) => {
      isDropping.value = false;
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length === 0) return;
      event.preventDefault();
      uploads.add(conversationId, dropped);
    });
    return () => listening.abort();
  }, [conversationId]);

  const trouble = messageFilesTrouble(files.map(asSent));
  return {
    files,
    isDropping: isDropping.value,
    canSend: trouble === undefined && files.every(({ state }) => state.kind !== 'refused'),
    trouble,
    onPaste(event) {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0) return;
      event.preventDefault();
      uploads.add(conversationId, pasted);
    },
    take() {
      const fileIds = files.map(({ fileId }) => fileId);
      uploads.take(fileIds);
      return fileIds;
    },
  };
}
