// Pictures of pinned places: drawn by a browser on the computer as wide as the phone showed the page, cut out and marked here. That
// browser is signed in nowhere, so what it draws may differ; where it draws another width, or nothing, there are no pictures.
import type { App } from '../../app.ts';
import { answerOrNothing } from '../conversation/completion/known-catalog.ts';
import type { Pin } from './preview-prompts.ts';

/** Dots per CSS pixel of the computer's pictures. */
const fine = 2;
/** What is seen around a place, in CSS pixels. */
const margin = 60;
const highest = 4000;

/** One for each pin, in their order; none at all when one of them cannot be had. */
export async function pinPictures(from: {
  previewId: string;
  pins: readonly Pin[];
  command: App['command'];
}): Promise<readonly File[]> {
  const { previewId, pins, command } = from;
  const pages = new Map<string, ImageBitmap | undefined>();
  const files: File[] = [];
  for (const [index, pin] of pins.entries()) {
    const { path } = pin;
    const width = Math.round(pin.viewport.width);
    const same = pins.filter((one) => one.path === path && Math.round(one.viewport.width) === width);
    const lowest = Math.max(...same.map(({ box }) => box.y + box.height), pin.viewport.height);
    const size = { width, height: Math.min(highest, Math.round(lowest) + margin) };
    const key = `${width} ${path}`;
    if (!pages.has(key)) pages.set(key, await drawn({ previewId, path, ...size }, command));
    const page = pages.get(key);
    const file = page && (await cutOut(page, pin, `pin-${index + 1}.png`));
    if (!file) return [];
    files.push(file);
  }
  return files;
}

async function drawn(
  asked: { previewId: string; path: string; width: number; height: number },
  command: App['command'],
): Promise<ImageBitmap | undefined> {
  const answer = await answerOrNothing(command('preview.picture', asked));
  if (!answer?.png) return undefined;
  const bytes = Uint8Array.from(atob(answer.png), (char) => char.charCodeAt(0));
  const page = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  return page.width === asked.width * fine ? page : undefined;
}

/** Undefined for a place that the picture does not reach. */
async function cutOut(page: ImageBitmap, { box }: Pin, name: string): Promise<File | undefined> {
  const left = Math.max(0, box.x - margin);
  const top = Math.max(0, box.y - margin);
  const width = Math.min(page.width / fine, box.x + box.width + margin) - left;
  const height = Math.min(page.height / fine, box.y + box.height + margin) - top;
  if (width < 1 || height < 1) return undefined;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(width * fine), height: Math.round(height * fine) });
  const brush = canvas.getContext('2d');
  if (!brush) return undefined;
  brush.drawImage(page, -left * fine, -top * fine);
  Object.assign(brush, { strokeStyle: '#f5a524', lineWidth: 2 * fine });
  const edge = [box.x - left - 2, box.y - top - 2, box.width + 4, box.height + 4].map((at) => at * fine);
  const [x = 0, y = 0, wide = 0, high = 0] = edge;
  brush.strokeRect(x, y, wide, high);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob ? new File([blob], name, { type: 'image/png' }) : undefined;
}
