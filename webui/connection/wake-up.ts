// When the page comes back to a person, or the phone to a network: the moments to doubt a connection that says it is open.
// iOS may bring a page back without `visibilitychange` (from the back-forward cache), hence all of these.

export interface Awakening {
  /** The person looks at the page again, or the network is back. */
  onWake(): void;
  /** The page went out of sight; nothing is worth retrying now. */
  onSleep(): void;
}

/** Returns a disposer. */
export function listenForWakeUp({ onWake, onSleep }: Awakening): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const look = () => (document.visibilityState === 'visible' ? onWake() : onSleep());
  document.addEventListener('visibilitychange', look, { signal });
  for (const type of ['pageshow', 'online', 'focus', 'offline'])
    window.addEventListener(type, look, { signal });
  return () => listening.abort();
}

export function isHidden(): boolean {
  return document.visibilityState === 'hidden';
}
