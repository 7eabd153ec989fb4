// Makes a large picture smaller on this device before it is sent, upright as the camera held it. Leaves alone what is small enough,
// what moves, and what this browser cannot read: that goes as the file it is.
import { fittedSize, renamed } from './fitted-size.ts';

export interface Prepared {
  readonly blob: Blob;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
}

const quality = 0.85;

/** Undefined when it is no picture that can be read here. */
export async function preparePicture(file: Blob, name: string): Promise<Prepared | undefined> {
  const mayBe = file.type.startsWith('image/') && file.type !== 'image/svg+xml';
  const bitmap =
    mayBe && (await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined));
  if (!bitmap) return undefined;
  try {
    const { width, height } = bitmap;
    const original = { blob: file, name, size: file.size, mediaType: file.type, width, height };
    const fitted = fittedSize(bitmap);
    const isSmall = fitted.width === width && fitted.height === height;
    if (file.type === 'image/gif' || (isSmall && isSent(file.type))) return original;
    const blob = await drawn(bitmap, fitted);
    if (!blob || (isSmall && isSent(file.type) && blob.size >= file.size)) return original;
    const { type: mediaType, size } = blob;
    return { blob, name: renamed(name, mediaType), size, mediaType, ...fitted };
  } finally {
    bitmap.close();
  }
}

/** Claude takes these as they are. */
function isSent(mediaType: string): boolean {
  return ['image/jpeg', 'image/png', 'image/webp'].includes(mediaType);
}

async function drawn(
  bitmap: ImageBitmap,
  { width, height }: { width: number; height: number },
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const type = isSeeThrough(context, width, height) ? 'image/png' : 'image/jpeg';
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

function isSeeThrough(context: CanvasRenderingContext2D, width: number, height: number): boolean {
  const { data } = context.getImageData(0, 0, width, height);
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return true;
  return false;
}
