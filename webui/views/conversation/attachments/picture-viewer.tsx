// A picture over the whole screen: two fingers or the wheel make it larger, one moves it, a double tap does either, and a swipe down,
// Escape or Back leaves.
import { Download, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../tools/icon.tsx';
import { useAction } from '../../action.ts';
import { useApp } from '../../app-context.ts';
import { fetchFile, saveFile } from './fetch-file.ts';
import type { ShownFile } from './shown-file.ts';
import { usePicture } from './use-picture.ts';
import { viewed } from './viewed.ts';
import { followFingers } from './zoom.ts';

export function PictureViewer() {
  const shown = viewed.value;
  return shown ? <Viewer {...shown} /> : null;
}

function Viewer({ file, conversationId }: { file: ShownFile; conversationId: string }) {
  const { navigation, access } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const { uploadId, blob, name } = file;
  const picture = usePicture({ conversationId, uploadId, blob }, stage);
  const saving = useAction();
  const close = () => navigation.back();
  const save = async () => {
    if (blob) saveFile(blob, name);
    else if (uploadId) saveFile(await fetchFile({ conversationId, uploadId }, access), name);
  };

  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  useEffect(() => (stage.current ? followFingers(stage.current, close) : undefined), []);

  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={name}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div class="stage" ref={stage}>
        {picture.kind === 'there' && <img src={picture.url} alt={name} draggable={false} />}
        {picture.kind === 'failed' && <p>This picture is no longer there.</p>}
      </div>
      <header>
        <button type="button" class="plain" aria-label="Close" onClick={close}>
          <Icon of={X} />
        </button>
        <p dir="auto">{saving.trouble.value || name}</p>
        <button
          type="button"
          class="plain"
          aria-label="Save"
          disabled={saving.isRunning.value}
          onClick={() => saving.run(save)}
        >
          <Icon of={Download} />
        </button>
      </header>
    </dialog>
  );
}
