// What the web app's connection needs of a browser, held in the hand of a test: visibility, wake-ups, sockets that say what the
// test says (or nothing at all), and requests that are answered when the test answers. Nothing of the web app is in here.
import { vi } from 'vitest';

export interface FakeSocket {
  /** Frames that the page has sent, parsed. */
  readonly sent: readonly { readonly type: string; readonly [field: string]: unknown }[];
  readonly isClosed: boolean;
  open(): void;
  say(frame: object): void;
  /** As the browser tells of an end: error and close before it opened, else close. */
  end(code?: number): void;
}

export interface FakeRequest {
  readonly url: URL;
  readonly headers: Headers;
  readonly isAborted: boolean;
  /** Opens the body; returns what says one message on it. */
  stream(): (text: string) => void;
  /** A text as it is, anything else as JSON. */
  answer(status: number, body: object | string): void;
  fail(): void;
}

export interface FakeBrowser {
  readonly sockets: readonly FakeSocket[];
  readonly requests: readonly FakeRequest[];
  show(): void;
  hide(): void;
  /** An event of the window, e.g. `online`, `pageshow`, `focus`, `pagehide`. */
  tell(type: string): void;
  /** An event of the document, e.g. `freeze`. */
  tellDocument(type: string): void;
  goOffline(): void;
  remove(): void;
}

/** Takes the place of the globals until `remove()`. Timers are vitest's fakes. */
export function fakeBrowser(): FakeBrowser {
  const sockets: FakeSocket[] = [];
  const requests: FakeRequest[] = [];
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const navigator = { onLine: true };
  const look = (state: string) => {
    document.visibilityState = state;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  vi.useFakeTimers();
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', navigator);
  vi.stubGlobal('location', { origin: 'https://computer:8443' });
  vi.stubGlobal('WebSocket', socketClass(sockets));
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => fetched(path, init, requests));
  return {
    sockets,
    requests,
    show: () => look('visible'),
    hide: () => look('hidden'),
    tell: (type) => void window.dispatchEvent(new Event(type)),
    tellDocument: (type) => void document.dispatchEvent(new Event(type)),
    goOffline() {
      navigator.onLine = false;
      window.dispatchEvent(new Event('offline'));
    },
    remove() {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    },
  };
}

function socketClass(made: FakeSocket[]) {
  return class {
    static readonly OPEN = 1;
    readyState = 0;
    onopen: (() => void) | undefined;
    onclose: ((event: { code: number }) => void) | undefined;
    onerror: (() => void) | undefined;
    onmessage: ((event: { data: string }) => void) | undefined;
    readonly sent: { type: string }[] = [];

    constructor() {
      made.push(this);
    }
    get isClosed() {
      return this.readyState > 1;
    }
    open() {
      this.readyState = 1;
      this.onopen?.();
    }
    say(frame: object) {
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
    end(code = 1006) {
      const wasOpen = this.readyState === 1;
      this.readyState = 3;
      if (!wasOpen) this.onerror?.();
      this.onclose?.({ code });
    }
    send(text: string) {
      this.sent.push(JSON.parse(text));
    }
    /** Of the other side nothing is heard: `onclose` would come much later, or never. */
    close() {
      this.readyState = 2;
    }
  };
}

function fetched(path: string, init: RequestInit, made: FakeRequest[]): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal } = init;
    const stop = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', stop);
    made.push({
      url: new URL(path, 'https://computer:8443'),
      headers: new Headers(init.headers),
      get isAborted() {
        return signal?.aborted ?? false;
      },
      stream() {
        let say: (text: string) => void = () => undefined;
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            say = (text) => controller.enqueue(new TextEncoder().encode(text));
            signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        });
        resolve(new Response(body));
        return say;
      },
      answer: (status, body) =>
        resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })),
      fail: () => reject(new TypeError('Failed to fetch')),
    });
  });
}
