// Blob URLs of pictures that are on the computer: fetched once with the access token, shared by all that show the same picture, and
// revoked when it has been out of sight for long. The newest few stay, for a scroll back.
import { type ReadonlySignal, signal } from '@preact/signals';

export type PictureUrl =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'there'; readonly url: string }
  | { readonly kind: 'failed' };

interface Held {
  readonly url: ReadonlySignal<PictureUrl>;
  users: number;
}

const keptIdle = 24;
const held = new Map<string, Held>();

/** Counts as a user until `release`. Pictures that failed are tried anew by the next user. */
export function holdPicture(
  key: string,
  load: () => Promise<Blob>,
): { url: ReadonlySignal<PictureUrl>; release: () => void } {
  const entry = held.get(key) ?? fetched(load);
  held.delete(key);
  held.set(key, entry);
  entry.users += 1;
  return {
    url: entry.url,
    release() {
      entry.users -= 1;
      if (entry.url.value.kind === 'failed' && held.get(key) === entry) held.delete(key);
      tidy();
    },
  };
}

/** Something that can be drawn in this very moment. */
export function isHeld(key: string): boolean {
  return held.get(key)?.url.value.kind === 'there';
}

function fetched(load: () => Promise<Blob>): Held {
  const url = signal<PictureUrl>({ kind: 'waiting' });
  load().then(
    (blob) => {
      url.value = { kind: 'there', url: URL.createObjectURL(blob) };
    },
    () => {
      url.value = { kind: 'failed' };
    },
  );
  return { url, users: 0 };
}

function tidy(): void {
  const idle = [...held].filter(([, { users, url }]) => users === 0 && url.value.kind === 'there');
  for (const [key, { url }] of idle.slice(0, Math.max(0, idle.length - keptIdle))) {
    held.delete(key);
    if (url.value.kind === 'there') URL.revokeObjectURL(url.value.url);
  }
}
