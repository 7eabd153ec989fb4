// One picture in its place: the place has its height before the picture is there, so that nothing jumps. A tap shows it whole.
import { ImageOff } from 'lucide';
import { useRef } from 'preact/hooks';
import { Icon } from '../../../tools/icon.tsx';
import { useApp } from '../../app-context.ts';
import type { ShownFile } from './shown-file.ts';
import { usePicture } from './use-picture.ts';
import { viewed } from './viewed.ts';

interface Props {
  readonly file: ShownFile;
  readonly conversationId: string;
  /** Alone it keeps its shape; beside others it is cut to a square. */
  readonly isAlone: boolean;
}

/** In rem: no picture is larger in the transcript. */
const most = { width: 16, height: 18 };

export function Picture({ file, conversationId, isAlone }: Props) {
  const { navigation } = useApp();
  const place = useRef<HTMLButtonElement>(null);
  const { uploadId, blob, name } = file;
  const picture = usePicture({ conversationId, uploadId, blob }, place);
  return (
    <button
      ref={place}
      type="button"
      class={isAlone ? 'picture alone' : 'picture'}
      style={isAlone ? shapeOf(file) : undefined}
      aria-label={`Show ${name}`}
      onClick={() => {
        viewed.value = { file, conversationId };
        navigation.show({ name: 'picture', conversationId });
      }}
    >
      {picture.kind === 'there' && <img src={picture.url} alt="" draggable={false} />}
      {picture.kind === 'failed' && (
        <span class="missing">
          <Icon of={ImageOff} />
          <span class="spoken">not there</span>
        </span>
      )}
    </button>
  );
}

function shapeOf({ width, height }: ShownFile): Record<string, string> {
  if (!width || !height) return { width: '9rem', aspectRatio: '1' };
  const ratio = Math.min(3, Math.max(0.5, width / height));
  const wide = Math.min(most.width, most.height * ratio, Math.max(6, width / 16));
  return { width: `${wide.toFixed(2)}rem`, aspectRatio: ratio.toFixed(4) };
}
