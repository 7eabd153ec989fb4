// The one connection to the session bus that the desktop's parts share: made when it is first asked for, and anew after it broke.
import { type Bus, BusError, connectToBus, sessionBusPath } from './bus.ts';

export interface SessionBus {
  /** Undefined where there is no bus, or it lets nobody in. */
  open(): Promise<Bus | undefined>;
  /** One of the caller's own, which it closes. */
  openAnother(): Promise<Bus | undefined>;
  close(): void;
}

export function createSessionBus(options: {
  env: Readonly<Record<string, string | undefined>>;
  uid: number;
}): SessionBus {
  const { env, uid } = options;
  let opening: Promise<Bus | undefined> | undefined;
  let isOver = false;

  async function connect(): Promise<Bus | undefined> {
    const path = sessionBusPath(env);
    if (path === undefined) return undefined;
    try {
      return await connectToBus(path, uid);
    } catch (error) {
      // A socket that is not there, or that nobody listens on any more.
      if (!(error instanceof BusError) && !(error instanceof Error && 'code' in error)) throw error;
      return undefined;
    }
  }

  async function keep(): Promise<Bus | undefined> {
    const bus = await connect();
    if (bus) void bus.closed.then(forget);
    else forget();
    if (isOver) bus?.close();
    return bus;
  }

  function forget(): void {
    opening = undefined;
  }

  return {
    open() {
      opening ??= keep();
      return opening;
    },
    openAnother: connect,
    close() {
      isOver = true;
      void opening?.then((bus) => bus?.close());
    },
  };
}
