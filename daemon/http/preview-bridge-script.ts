// What takes the place of WebSocket in a previewed page on a device whose WebSockets fail (iPhones, under a certificate that was only
// clicked through): the same from the page's side, but what comes in is an event stream, and what goes out is posted, in order.
// Plain script for browsers; it runs before all others of the page.

export const bridgeScript = `(() => {
  const Real = window.WebSocket;
  const local = ['localhost', '127.0.0.1', '0.0.0.0', '[::1]'];
  const toBase64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;

  class Bridged extends EventTarget {
    #where; #source; #queue = []; #isSending = false; #wants = new Map();
    constructor(url, protocols) {
      super();
      this.url = url.href;
      this.readyState = 0;
      this.protocol = '';
      this.extensions = '';
      this.bufferedAmount = 0;
      this.binaryType = 'blob';
      const id = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, '0')).join('');
      const query = new URLSearchParams({ id, path: url.pathname + url.search });
      for (const one of [protocols ?? []].flat()) query.append('protocol', one);
      this.#where = '/__porchlight/bridge?' + query;
      this.#source = new EventSource(this.#where);
      this.#source.addEventListener('opened', ({ data }) => {
        this.readyState = 1;
        this.protocol = JSON.parse(data).protocol;
        this.dispatchEvent(new Event('open'));
      });
      this.#source.addEventListener('text', ({ data }) => this.#give(JSON.parse(data)));
      this.#source.addEventListener('bytes', ({ data }) => {
        const bytes = fromBase64(data);
        this.#give(this.binaryType === 'blob' ? new Blob([bytes]) : bytes);
      });
      this.#source.addEventListener('closed', ({ data }) => this.#end(JSON.parse(data)));
      this.#source.onerror = () => this.#end({ code: 1006, reason: '', wasClean: false });
    }
    #give(data) {
      this.dispatchEvent(new MessageEvent('message', { data, origin: location.origin }));
    }
    #end({ code, reason, wasClean = true }) {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.#source.close();
      if (!wasClean) this.dispatchEvent(new Event('error'));
      this.dispatchEvent(new CloseEvent('close', { code, reason, wasClean }));
    }
    send(data) {
      if (this.readyState === 0) throw new DOMException('Still connecting', 'InvalidStateError');
      if (this.readyState === 1) this.#push(data);
    }
    close(code = 1000, reason = '') {
      if (this.readyState >= 2) return;
      if (this.readyState === 0) return this.#end({ code: 1006, reason: '', wasClean: false });
      this.readyState = 2;
      this.#push({ close: code, reason });
    }
    #push(item) {
      this.#queue.push(item);
      if (!this.#isSending) this.#drain();
    }
    async #drain() {
      this.#isSending = true;
      while (this.#queue.length > 0 && this.readyState < 3) {
        const frames = await Promise.all(this.#queue.splice(0, 100).map(this.#frame));
        const sent = await fetch(this.#where, {
          method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(frames),
        }).catch(() => undefined);
        if (!sent || !sent.ok) this.#end({ code: 1006, reason: '', wasClean: false });
      }
      this.#isSending = false;
    }
    async #frame(item) {
      if (typeof item === 'string') return { text: item };
      if (item instanceof Blob) return { bytes: toBase64(new Uint8Array(await item.arrayBuffer())) };
      if (item instanceof ArrayBuffer) return { bytes: toBase64(new Uint8Array(item)) };
      if (ArrayBuffer.isView(item)) return { bytes: toBase64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)) };
      return 'close' in item ? item : { text: String(item) };
    }
    get #on() { return this.#wants; }
    static {
      for (const type of ['open', 'message', 'close', 'error']) {
        Object.defineProperty(this.prototype, 'on' + type, {
          get() { return this.#on.get(type) ?? null; },
          set(listener) {
            const before = this.#on.get(type);
            if (before) this.removeEventListener(type, before);
            this.#on.set(type, listener);
            if (listener) this.addEventListener(type, listener);
          },
        });
      }
    }
  }

  window.WebSocket = new Proxy(Real, {
    construct(_real, [address, protocols]) {
      const url = new URL(address, location.href);
      const isOwn = url.host === location.host || local.includes(url.hostname);
      return isOwn ? new Bridged(url, protocols) : Reflect.construct(Real, protocols === undefined ? [address] : [address, protocols]);
    },
  });
})();
`;
