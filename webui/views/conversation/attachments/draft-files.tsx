// What the composer shows of files besides the +: the strip, the invitation to drop, and the picture that is looked at.
import { useApp } from '../../app-context.ts';
import { lazy } from '../../lazy.tsx';
import { DraftStrip } from './draft-strip.tsx';
import type { DraftFiles as Files } from './use-draft-files.ts';

const PictureViewer = lazy(() => import('./picture-viewer.tsx').then((file) => file.PictureViewer));

export function DraftFiles({ draft }: { draft: Files }) {
  const { navigation } = useApp();
  return (
    <>
      <DraftStrip files={draft.files} />
      {draft.trouble !== undefined && (
        <p class="trouble" role="alert">
          {draft.trouble}
        </p>
      )}
      {draft.isDropping && <p class="drop-here">Drop to add to the message</p>}
      {navigation.sheet.value?.name === 'picture' && <PictureViewer />}
    </>
  );
}
