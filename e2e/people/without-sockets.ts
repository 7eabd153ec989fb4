// A browser that refuses WebSockets as Safari does with a certificate that was clicked through: each fails before it opens.
import type { Page } from '@playwright/test';

/** For pages that are opened from now on. */
export function refuseSockets(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    window.WebSocket = class extends EventTarget {
      constructor() {
        super();
        queueMicrotask(() => {
          for (const type of ['error', 'close']) {
            const event = new Event(type);
            this.dispatchEvent(event);
            const on: unknown = Reflect.get(this, `on${type}`);
            if (typeof on === 'function') on.call(this, event);
          }
        });
      }
      close() {}
      send() {}
    } as unknown as typeof WebSocket;
  });
}
