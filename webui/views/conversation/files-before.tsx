// The files that can be put back to where they were before a message, and what that would change in them.
import type { CommandResult } from '../../../daemon/protocol/commands.ts';
import { Folded } from '../../tools/folded.tsx';
import { partsOfPath, shownPath } from '../../tools/paths.ts';

export type FilesBefore = CommandResult<'conversation.previewRewind'>;

const atOnce = 8;

export function FilesList({ files, cwd }: { files: FilesBefore; cwd: string }) {
  const { files: paths, insertions, deletions } = files;
  return (
    <>
      <p>
        {fileCount(paths.length)} will be as before this message (
        <span class="changes" dir="ltr">
          {insertions > 0 && <span class="added">+{insertions}</span>}{' '}
          {deletions > 0 && <span class="removed">−{deletions}</span>}
        </span>
        ). Later changes to {paths.length === 1 ? 'it' : 'them'} are lost, whoever made them. What commands
        changed is not undone.
      </p>
      <Folded items={paths} atMost={atOnce} keep="first" noun="files">
        {(shown) => (
          <ul class="files-before" aria-label="Files">
            {shown.map((path) => {
              const { head, tail } = partsOfPath(shownPath(path, cwd));
              return (
                <li key={path} dir="ltr">
                  {head}
                  <b>{tail}</b>
                </li>
              );
            })}
          </ul>
        )}
      </Folded>
    </>
  );
}

export function fileCount(count: number): string {
  return count === 1 ? 'One file' : `${count} files`;
}
