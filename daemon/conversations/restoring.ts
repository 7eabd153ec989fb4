// The files as they were before a message: Claude Code keeps what its own tools overwrote (with
// CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING) and puts it back on request, also after a resume. What commands changed it knows
// nothing of, and a fork begins without any of it. Measured with 2.1.329.
import * as z from 'zod/mini';
import type { ClaudeSession } from '../ports/claude.ts';
import { AppError } from '../protocol/errors.ts';

export interface FilesBefore {
  readonly files: readonly string[];
  readonly insertions: number;
  readonly deletions: number;
  /** There is something to put back. */
  readonly mayRestore: boolean;
}

const Answer = z.object({
  canRewind: z.boolean(),
  filesChanged: z.optional(z.array(z.string())),
  insertions: z.optional(z.int()),
  deletions: z.optional(z.int()),
});

/** What putting back would change: lines that would come and go, in files that exist or were made since. */
export async function previewFiles(session: ClaudeSession, messageId: string): Promise<FilesBefore> {
  const { filesChanged = [], insertions = 0, deletions = 0 } = await rewindFiles(session, messageId, 'try');
  return { files: filesChanged, insertions, deletions, mayRestore: filesChanged.length > 0 };
}

/** Resolves with the paths. Rejects with `files_not_kept` when there is nothing to put back. */
export async function restoreFiles(session: ClaudeSession, messageId: string): Promise<readonly string[]> {
  const { files, mayRestore } = await previewFiles(session, messageId);
  if (!mayRestore) throw new AppError('files_not_kept');
  const { canRewind } = await rewindFiles(session, messageId, 'do');
  if (!canRewind) throw new AppError('files_not_kept');
  return files;
}

async function rewindFiles(session: ClaudeSession, messageId: string, how: 'try' | 'do') {
  const request = { subtype: 'rewind_files', user_message_id: messageId, dry_run: how === 'try' };
  const answer = Answer.safeParse(await session.request(request));
  return answer.success ? answer.data : { canRewind: false };
}
