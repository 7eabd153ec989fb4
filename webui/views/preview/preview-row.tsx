// One preview in a list: its name, how it stands, where it belongs.
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { useApp } from '../app-context.ts';
import { folderName } from '../now/rows.tsx';
import { nameOf, stateWords } from './preview-words.ts';

export function PreviewRow({ preview }: { preview: PreviewSummary }) {
  const { navigation } = useApp();
  const { previewId, state, tool, folder } = preview;
  return (
    <li>
      <button
        type="button"
        class="preview-row"
        aria-haspopup="dialog"
        onClick={() => navigation.show({ name: 'preview', previewId })}
      >
        <span class="line">
          <strong dir="auto">{nameOf(preview)}</strong>
          <span class={`preview-state ${state}`}>{stateWords(preview)}</span>
        </span>
        <span class="line soft">
          <span class="words">{tool}</span>
          <span class="place">{folderName(folder)}</span>
        </span>
      </button>
    </li>
  );
}
