// The files of the draft, in a row above the text: what each is, how far it is on its way, and a way to take it out again.
import { FileText, RotateCw, X } from 'lucide';
import { useRef } from 'preact/hooks';
import { sizeWords } from '../../../size-words.ts';
import { Icon } from '../../../tools/icon.tsx';
import type { LocalFile } from '../../../uploads/stored-file.ts';
import { useApp } from '../../app-context.ts';
import { isPicture } from './shown-file.ts';
import { usePicture } from './use-picture.ts';

export function DraftStrip({ files }: { files: readonly LocalFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul class="draft-strip" aria-label="Files of this message">
      {files.map((file) => (
        <Chip key={file.fileId} file={file} />
      ))}
    </ul>
  );
}

function Chip({ file }: { file: LocalFile }) {
  const { uploads, connection } = useApp();
  const { fileId, name, state } = file;
  const isOffline = connection.state.value.kind !== 'live';
  return (
    <li class={`draft-file ${state.kind}`}>
      <Thumbnail file={file} />
      <span class="about">
        <span class="name" dir="auto">
          {name}
        </span>
        <span class="size" role={state.kind === 'refused' ? 'alert' : undefined}>
          {stateWords(file, isOffline)}
        </span>
      </span>
      {state.kind === 'refused' && state.mayRetry && (
        <button
          type="button"
          class="plain"
          aria-label={`Try ${name} again`}
          onClick={() => uploads.retry(fileId)}
        >
          <Icon of={RotateCw} />
        </button>
      )}
      <button
        type="button"
        class="plain"
        aria-label={`Remove ${name}`}
        onClick={() => uploads.remove(fileId)}
      >
        <Icon of={X} />
      </button>
    </li>
  );
}

function Thumbnail({ file }: { file: LocalFile }) {
  const place = useRef<HTMLSpanElement>(null);
  const { conversationId, uploadId, blob, state, size } = file;
  const isShown = isPicture(file);
  const picture = usePicture(
    { conversationId, uploadId: isShown ? uploadId : undefined, blob: isShown ? blob : undefined },
    place,
  );
  const part = state.kind === 'going' && size > 0 ? state.sent / size : 0;
  return (
    <span class="thumbnail" ref={place}>
      {picture.kind === 'there' ? <img src={picture.url} alt="" draggable={false} /> : <Icon of={FileText} />}
      {(state.kind === 'going' || state.kind === 'waiting') && <Ring part={part} name={file.name} />}
    </span>
  );
}

/** A circle that closes. */
function Ring({ part, name }: { part: number; name: string }) {
  const percent = Math.round(part * 100);
  return (
    <svg
      class="ring"
      viewBox="0 0 24 24"
      role="progressbar"
      aria-label={`Sending ${name}`}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <circle cx="12" cy="12" r="9" />
      <circle class="done" cx="12" cy="12" r="9" pathLength="100" stroke-dasharray={`${percent} 100`} />
    </svg>
  );
}

function stateWords({ state, size }: LocalFile, isOffline: boolean): string {
  switch (state.kind) {
    case 'refused':
      return state.reason;
    case 'waiting':
      return isOffline ? 'Will send' : (state.reason ?? 'Waiting');
    case 'going':
      return state.sent === 0 ? 'Sending…' : `${Math.round((state.sent / size) * 100)} %`;
    case 'there':
      return sizeWords(size);
    default:
      return state satisfies never;
  }
}
