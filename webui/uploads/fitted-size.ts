// How large a picture is sent. Pure. More than this on the longer side Claude scales down anyway.

export const longestSide = 1568;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The same shape, no side longer than allowed and none shorter than a pixel; never larger than it is. */
export function fittedSize({ width, height }: Size, longest: number = longestSide): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}

/** The name with the ending of what it was turned into. */
export function renamed(name: string, mediaType: string): string {
  const ending = mediaType === 'image/png' ? '.png' : '.jpg';
  const isFitting = mediaType === 'image/png' ? /\.png$/i.test(name) : /\.jpe?g$/i.test(name);
  return isFitting ? name : `${name.replace(/\.\w{1,5}$/, '')}${ending}`;
}
