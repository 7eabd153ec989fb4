// The + beside the text: where files come from. The phone's own choosers do the rest.
import { Camera, File, Image, type IconNode, Plus } from 'lucide';
import { Icon } from '../../../tools/icon.tsx';
import { useApp } from '../../app-context.ts';
import { Sheet } from '../../sheet.tsx';
import { hasKeyboard } from '../../wide.ts';

interface Source {
  readonly name: string;
  readonly icon: IconNode;
  readonly accept?: string;
  readonly isCamera?: true;
}

const sources: readonly Source[] = [
  { name: 'Photo library', icon: Image, accept: 'image/*' },
  { name: 'Camera', icon: Camera, accept: 'image/*', isCamera: true },
  { name: 'File', icon: File },
];

export function AttachButton({ conversationId }: { conversationId: string }) {
  const { navigation } = useApp();
  return (
    <>
      <button
        type="button"
        class="plain attach"
        aria-label="Add photos or files"
        aria-haspopup="dialog"
        onClick={() => navigation.show({ name: 'attach', conversationId })}
      >
        <Icon of={Plus} />
      </button>
      {navigation.sheet.value?.name === 'attach' && <AttachSheet conversationId={conversationId} />}
    </>
  );
}

function AttachSheet({ conversationId }: { conversationId: string }) {
  const { navigation, uploads } = useApp();
  // A desktop's camera is no way to take a picture of something.
  const offered = sources.filter(({ isCamera }) => !isCamera || !hasKeyboard.value);
  return (
    <Sheet label="Add to the message">
      <div class="attach-sources">
        {offered.map(({ name, icon, accept, isCamera }) => (
          <label key={name} class="attach-source">
            <Icon of={icon} />
            <span>{name}</span>
            <input
              type="file"
              multiple={!isCamera}
              {...(accept ? { accept } : {})}
              {...(isCamera ? { capture: 'environment' as const } : {})}
              onChange={(event) => {
                const chosen = [...(event.currentTarget.files ?? [])];
                if (chosen.length === 0) return;
                uploads.add(conversationId, chosen);
                navigation.back();
              }}
            />
          </label>
        ))}
      </div>
    </Sheet>
  );
}
