// The way back in one conversation: what going back would do, going back, putting files back, and where a fork begins.
// Nothing here touches the session itself: the log says where it goes on, and the next run begins there.
import { AppError } from '../protocol/errors.ts';
import type { ConversationView } from '../protocol/view.ts';
import { type BranchPoint, branchPoint, sessionOf } from './branching.ts';
import type { FoldedLog } from './folded-log.ts';
import { type FilesBefore, previewFiles, restoreFiles } from './restoring.ts';
import type { RecordDrafts } from './run-link.ts';
import type { RunSlot } from './run-slot.ts';

export interface Past {
  /** Where a fork of this conversation begins: before the message, or at the end. Rejects with `no_way_back`. */
  point(messageId: string | null): BranchPoint;
  preview(messageId: string): Promise<FilesBefore>;
  /** Resolves with the message's text. */
  rewind(to: { messageId: string; files: boolean; deviceId: string }): Promise<string>;
  /** Resolves with the paths of the files that were put back. */
  restore(to: { messageId: string; deviceId: string }): Promise<readonly string[]>;
}

export function createPast(options: {
  folded: FoldedLog<ConversationView>;
  run: RunSlot;
  record: RecordDrafts;
}): Past {
  const { folded, run, record } = options;

  /** Files and session are changed only while nobody works with them. */
  function refuseWhileWorking(): void {
    const { turn, unanswered, queue } = folded.accepted;
    if (turn || unanswered.length > 0 || queue.length > 0) throw new AppError('turn_running');
  }

  function point(messageId: string | null): BranchPoint {
    const found = branchPoint(folded.accepted, messageId);
    if ('refusal' in found) throw new AppError(found.refusal);
    return found;
  }

  async function restore({ messageId, deviceId }: { messageId: string; deviceId: string }) {
    refuseWhileWorking();
    const paths = await run.ask((session) => {
      refuseWhileWorking();
      return restoreFiles(session, messageId);
    });
    await record([{ type: 'files.restored', messageId, deviceId, paths: [...paths] }]).durable;
    return paths;
  }

  return {
    point,
    restore,
    preview: (messageId) => run.ask((session) => previewFiles(session, messageId)),
    async rewind({ messageId, files, deviceId }) {
      refuseWhileWorking();
      point(messageId);
      if (files) await restore({ messageId, deviceId });
      // The world may have moved on while files were put back.
      refuseWhileWorking();
      const { anchor, from, message } = point(messageId);
      if (from === null || message === null) throw new AppError('no_way_back');
      const session = sessionOf(folded.accepted);
      await record([{ type: 'conversation.branched', ...session, anchor, messageId: from }]).durable;
      return message.text;
    },
  };
}
