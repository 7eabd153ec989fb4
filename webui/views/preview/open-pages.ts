// The pages of previews that were looked at, by preview: pins and errors are still there when its sheet is opened again. In memory only.
import { createPreviewPage, type PreviewPage } from './preview-page.ts';

const pages = new Map<string, PreviewPage>();

export function pageOf(previewId: string): PreviewPage {
  const known = pages.get(previewId);
  if (known) return known;
  const fresh = createPreviewPage();
  pages.set(previewId, fresh);
  return fresh;
}
