// The address of a picture for an `<img>`, fetched when its place comes near the screen.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { fetchFile } from './fetch-file.ts';
import { holdPicture, isHeld, type PictureUrl } from './picture-urls.ts';

interface Source {
  readonly conversationId: string;
  readonly uploadId: string | undefined;
  readonly blob: Blob | undefined;
}

export function usePicture(source: Source, place: { current: Element | null }): PictureUrl {
  const { access } = useApp();
  const { conversationId, uploadId, blob } = source;
  const isNear = useSignal(blob !== undefined || (uploadId !== undefined && isHeld(uploadId)));
  const shown = useSignal<PictureUrl>({ kind: 'waiting' });

  useEffect(() => {
    if (isNear.value || !place.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) isNear.value = true;
      },
      { rootMargin: '600px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const key = uploadId ?? '';
    const isHere = blob !== undefined && !isHeld(key);
    if (isHere) {
      const url = URL.createObjectURL(blob);
      shown.value = { kind: 'there', url };
      return () => URL.revokeObjectURL(url);
    }
    if (!isNear.value || uploadId === undefined) return undefined;
    const { url, release } = holdPicture(key, () => fetchFile({ conversationId, uploadId }, access));
    const stop = url.subscribe((now) => {
      shown.value = now;
    });
    return () => {
      stop();
      release();
    };
  }, [conversationId, uploadId, blob, isNear.value]);
  return shown.value;
}
