// When the page comes back to a person, or the phone to a network: the moments to doubt a connection that says it is open.
// iOS may bring a page back without `visibilitychange` (from the back-forward cache), hence all of these.

export interface Awakening {
  /** The person looks at the page again, or the network is back. */
  onWake(): void;
  /** The page went out of sight; nothing is worth retrying now. */
  onHide(): void;
  /** The page is put away as it stands, frozen or kept for "back": nothing of it runs until it wakes. */
  onPutAway(): void;
}

const pulseMs = 1000;
/** A pulse this late says that all stood still: a computer that slept with the page in sight tells the page nothing else. */
const standstillMs = 2000;

/** Returns a disposer. */
export function listenForWakeUp({ onWake, onHide, onPutAway }: Awakening): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const look = () => (isHidden() ? onHide() : onWake());
  for (const type of ['visibilitychange', 'resume']) document.addEventListener(type, look, { signal });
  for (const type of ['pageshow', 'online', 'focus', 'offline'])
    window.addEventListener(type, look, { signal });
  document.addEventListener('freeze', onPutAway, { signal });
  window.addEventListener('pagehide', onPutAway, { signal });
  let last = Date.now();
  const pulse = setInterval(() => {
    const gap = Date.now() - last;
    last = Date.now();
    if (gap > standstillMs && !isHidden()) onWake();
  }, pulseMs);
  signal.addEventListener('abort', () => clearInterval(pulse));
  return () => listening.abort();
}

export function isHidden(): boolean {
  return document.visibilityState === 'hidden';
}
