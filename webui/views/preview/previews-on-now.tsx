// On Now: the previews that are up, have ended by themselves, or wait for a yes.
import { useApp } from '../app-context.ts';
import { PreviewRow } from './preview-row.tsx';
import { livelyPreviews } from './previews-of.ts';

export function PreviewsOnNow() {
  const previews = livelyPreviews(useApp().store.lobby.value);
  if (previews.length === 0) return null;
  return (
    <section aria-labelledby="previews">
      <h2 id="previews">Previews</h2>
      <ul class="preview-rows">
        {previews.map((preview) => (
          <PreviewRow key={preview.previewId} preview={preview} />
        ))}
      </ul>
    </section>
  );
}
