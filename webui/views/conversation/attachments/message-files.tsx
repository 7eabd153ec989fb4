// The files of a message: pictures to look at, anything else by name, to be saved on this device.
import { Download, FileText } from 'lucide';
import { sizeWords } from '../../../size-words.ts';
import { Icon } from '../../../tools/icon.tsx';
import { useAction } from '../../action.ts';
import { useApp } from '../../app-context.ts';
import { fetchFile, saveFile } from './fetch-file.ts';
import { Picture } from './picture.tsx';
import { isPicture, type ShownFile } from './shown-file.ts';

interface Props {
  readonly files: readonly ShownFile[];
  readonly conversationId: string;
}

export function MessageFiles({ files, conversationId }: Props) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <div class="message-files">
      {pictures.length > 0 && (
        <div class={pictures.length === 1 ? 'pictures' : 'pictures many'}>
          {pictures.map((file) => (
            <Picture
              key={file.key}
              file={file}
              conversationId={conversationId}
              isAlone={pictures.length === 1}
            />
          ))}
        </div>
      )}
      {others.map((file) => (
        <OtherFile key={file.key} file={file} conversationId={conversationId} />
      ))}
    </div>
  );
}

function OtherFile({ file, conversationId }: { file: ShownFile; conversationId: string }) {
  const { access } = useApp();
  const { isRunning, trouble, run } = useAction();
  const { name, size, uploadId, blob } = file;
  const save = async () => {
    if (blob) saveFile(blob, name);
    else if (uploadId) saveFile(await fetchFile({ conversationId, uploadId }, access), name);
  };
  return (
    <button type="button" class="other-file" disabled={isRunning.value} onClick={() => run(save)}>
      <Icon of={FileText} />
      <span class="about">
        <span class="name" dir="auto">
          <span class="spoken">Save </span>
          {name}
        </span>{' '}
        <span class="size">{trouble.value || sizeWords(size)}</span>
      </span>
      <Icon of={Download} />
    </button>
  );
}
