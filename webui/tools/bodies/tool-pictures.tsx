// The pictures that a tool gave back: what Claude saw.
import type { ToolImage } from '../../../daemon/protocol/events.ts';
import { useApp } from '../../views/app-context.ts';
import { Picture } from '../../views/conversation/attachments/picture.tsx';

export function ToolPictures({ images }: { images: readonly ToolImage[] }) {
  const { value: place } = useApp().navigation.place;
  if (place.kind !== 'conversation') return null;
  return (
    <div class="tool-pictures">
      {images.map((image, index) => {
        const name = images.length === 1 ? 'the picture' : `picture ${index + 1}`;
        const file = { ...image, key: image.uploadId, name, size: 0, blob: undefined };
        return (
          <Picture key={image.uploadId} file={file} conversationId={place.conversationId} isAlone={true} />
        );
      })}
    </div>
  );
}
