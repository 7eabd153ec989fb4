// What runs in a previewed page that the app shows in its frame: tells the app what goes wrong there, and which elements the person
// taps while pins are set. Speaks with the app's origin only, and takes orders from nowhere else; changes nothing of the page but for
// its own pins. Plain script for browsers; it runs before all others of the page. The app trusts nothing that it says.

export const inspectorScript = String.raw`(() => {
  const app = document.currentScript && document.currentScript.dataset.app;
  if (!app || window.parent === window) return;
  try {
    // A frame inside the previewed page: its outermost page speaks.
    if (window.parent.location.origin === location.origin) return;
  } catch {}
  const say = (message) => window.top.postMessage({ from: 'porchlight-preview', ...message }, app);
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + '…' : text);

  // What goes wrong
  let told = 0;
  const problem = (kind, text, where) => {
    if ((told += 1) > 100) return;
    say({ kind: 'problem', problem: { kind, text: cut(String(text), 2000), where: cut(String(where || ''), 300), path: here() } });
  };
  const here = () => cut(location.pathname + location.search + location.hash, 2000);
  const shown = (value) => {
    if (value instanceof Error) return value.stack && value.stack.includes(value.message) ? value.stack : String(value);
    if (typeof value === 'string') return value;
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const words = ([first, ...rest]) => {
    if (typeof first !== 'string') return [first, ...rest].map(shown).join(' ');
    const filled = first.replace(/%[sdifoOc]/g, (mark) => (rest.length === 0 ? mark : mark === '%c' ? (rest.shift(), '') : shown(rest.shift())));
    return [filled, ...rest.map(shown)].join(' ');
  };
  const wordsOf = (...args) => {
    try {
      return words(args);
    } catch {
      return 'an error that cannot be shown';
    }
  };
  addEventListener('error', (event) => {
    const { target } = event;
    if (target instanceof Element) {
      const address = target.currentSrc || target.src || target.href;
      if (address) problem('request', 'Could not load ' + target.localName + ' ' + address);
      return;
    }
    problem('error', event.error ? wordsOf(event.error) : event.message, event.filename ? event.filename + ':' + event.lineno : '');
  }, true);
  addEventListener('unhandledrejection', ({ reason }) => problem('error', 'Unhandled rejection: ' + wordsOf(reason)));
  const printError = console.error;
  console.error = function (...args) {
    problem('console', wordsOf(...args));
    return printError.apply(this, args);
  };
  const ask = window.fetch;
  if (ask) window.fetch = function (input, init) {
    const name = () => {
      const address = new URL(input instanceof Request ? input.url : String(input), document.baseURI);
      const method = ((init && init.method) || (input instanceof Request && input.method) || 'GET').toUpperCase();
      return method + ' ' + (address.origin === location.origin ? address.pathname + address.search : address.href);
    };
    const asked = ask.apply(this, arguments);
    asked.then(
      (answer) => answer.status >= 400 && problem('request', name() + ' answered ' + answer.status + ' ' + answer.statusText),
      (error) => error && error.name !== 'AbortError' && problem('request', name() + ' failed: ' + error.message),
    ).catch(() => {});
    return asked;
  };
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, address) {
    let isOver = false;
    this.addEventListener('abort', () => { isOver = true; });
    this.addEventListener('loadend', () => {
      if (!isOver && (this.status === 0 || this.status >= 400))
        problem('request', method + ' ' + address + (this.status === 0 ? ' failed' : ' answered ' + this.status));
      isOver = true;
    });
    return open.apply(this, arguments);
  };

  // Where the page is
  let lastPath = '';
  const tellPath = () => {
    if (here() !== lastPath) say({ kind: 'path', path: (lastPath = here()), title: cut(document.title, 200) });
  };
  for (const name of ['pushState', 'replaceState']) {
    const real = history[name];
    history[name] = function () {
      const result = real.apply(this, arguments);
      tellPath();
      return result;
    };
  }
  addEventListener('popstate', tellPath);
  addEventListener('hashchange', tellPath);

  // Pins
  let isPinning = false;
  let pins = [];
  let lastId = Date.now();
  const elements = new Map();
  let host;
  let marks = [];
  let light;
  const style = (element, rules) => Object.assign(element.style, rules);
  const layer = () => {
    if (!host) {
      host = document.createElement('porchlight-pins');
      style(host, { all: 'initial', position: 'fixed', inset: '0', zIndex: '2147483647', pointerEvents: 'none' });
      const root = host.attachShadow({ mode: 'closed' });
      light = document.createElement('div');
      style(light, { position: 'fixed', display: 'none', outline: '2px solid #f5a524', outlineOffset: '1px', background: '#f5a52433', borderRadius: '3px' });
      root.append(light);
      host.pins = root;
    }
    if (!host.isConnected) document.documentElement.append(host);
    return host.pins;
  };
  const place = (mark, box) => style(mark, { left: box.left + 'px', top: box.top + 'px', width: box.width + 'px', height: box.height + 'px' });
  let isDrawing = false;
  const draw = () => {
    isDrawing = false;
    if (pins.length === 0 && !isPinning) {
      if (host) host.remove();
      return;
    }
    const root = layer();
    while (marks.length > pins.length) marks.pop().box.remove();
    pins.forEach(({ pinId, selector, path }, index) => {
      if (!marks[index]) {
        const box = document.createElement('div');
        const number = document.createElement('div');
        style(box, { position: 'fixed', outline: '2px solid #f5a524', borderRadius: '3px' });
        style(number, {
          position: 'absolute', left: '-11px', top: '-11px', minWidth: '22px', height: '22px', borderRadius: '11px', background: '#f5a524',
          color: '#241803', font: '700 13px/22px system-ui, sans-serif', textAlign: 'center', boxShadow: '0 1px 4px #0006',
        });
        box.append(number);
        root.append(box);
        marks[index] = { box, number };
      }
      const { box, number } = marks[index];
      number.textContent = String(index + 1);
      let element = elements.get(pinId);
      if (!element || !element.isConnected) {
        element = path === here() ? find(selector) : undefined;
        if (element) elements.set(pinId, element);
      }
      const rect = element && element.isConnected && element.getBoundingClientRect();
      style(box, { display: rect && rect.width > 0 ? 'block' : 'none' });
      if (rect) place(box, rect);
      style(number, { left: rect && rect.left < 11 ? '0' : '-11px', top: rect && rect.top < 11 ? '0' : '-11px' });
    });
    later();
  };
  const later = () => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(draw);
  };
  const find = (selector) => {
    try {
      return document.querySelector(selector) || undefined;
    } catch {
      return undefined;
    }
  };
  const isOnly = (selector) => {
    try {
      return document.querySelectorAll(selector).length === 1;
    } catch {
      return false;
    }
  };
  const selectorOf = (element) => {
    const steps = [];
    for (let at = element; at && at.nodeType === 1; at = at.parentElement) {
      const name = at.localName;
      const named = [
        at.id && '#' + CSS.escape(at.id),
        ...['data-testid', 'data-test', 'name', 'aria-label'].map((key) => at.getAttribute(key) && name + '[' + key + '=' + JSON.stringify(at.getAttribute(key)) + ']'),
      ].find((one) => one && one.length < 80 && isOnly(one));
      if (named) {
        steps.unshift(named);
        break;
      }
      const classes = [...at.classList].filter((one) => /^[a-z][\w-]{0,30}$/i.test(one)).slice(0, 2).map((one) => '.' + CSS.escape(one)).join('');
      const same = at.parentElement ? [...at.parentElement.children].filter((one) => one.localName === name) : [at];
      steps.unshift(name + classes + (same.length > 1 ? ':nth-of-type(' + (same.indexOf(at) + 1) + ')' : ''));
      if (isOnly(steps.join(' > '))) break;
    }
    return cut(steps.join(' > '), 500);
  };
  /** Where it stands in the code, as far as a dev build tells. */
  const sourceOf = (start) => {
    for (let element = start; element; element = element.parentElement) {
      const svelte = element.__svelte_meta && element.__svelte_meta.loc;
      if (svelte && svelte.file) return { file: svelte.file, line: svelte.line ?? null, component: '' };
      for (let one = element.__vueParentComponent; one; one = one.parent)
        if (one.type && one.type.__file) return { file: one.type.__file, line: null, component: one.type.__name || one.type.name || '' };
      const key = Object.keys(element).find((one) => one.startsWith('__reactFiber$') || one.startsWith('__reactInternalInstance$'));
      for (let fiber = key && element[key]; fiber; fiber = fiber.return) {
        const owner = fiber._debugOwner && fiber._debugOwner.type;
        const component = (owner && (owner.displayName || owner.name)) || '';
        const source = fiber._debugSource;
        if (source && source.fileName) return { file: source.fileName, line: source.lineNumber ?? null, component };
        const stack = fiber._debugStack && fiber._debugStack.stack;
        // Lines of a stack are those of what the dev server made of the file.
        const frame = stack && stack.split('\n').map((line) => /(https?:\/\/[^\s()]+?)(?:\?[^\s():]*)?:\d+:\d+\)?$/.exec(line)?.[1])
          .find((url) => url && new URL(url).origin === location.origin && !/node_modules|\/@|\.vite|__porchlight/.test(url));
        if (frame) return { file: decodeURIComponent(new URL(frame).pathname.slice(1)), line: null, component };
      }
    }
    return null;
  };
  const describe = (element) => {
    const box = element.getBoundingClientRect();
    const look = getComputedStyle(element);
    const round = (number) => Math.round(number);
    const source = sourceOf(element);
    return {
      pinId: (lastId += 1),
      path: here(),
      selector: selectorOf(element),
      tag: element.localName,
      text: cut((element.innerText || element.value || element.getAttribute('alt') || element.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' '), 200),
      box: { x: round(box.left + scrollX), y: round(box.top + scrollY), width: round(box.width), height: round(box.height) },
      viewport: { width: innerWidth, height: innerHeight },
      look: cut(['display', 'margin', 'padding', 'font-size', 'color', 'background-color'].map((name) => name + ': ' + look.getPropertyValue(name)).join('; '), 400),
      source: source && { file: cut(String(source.file), 500), line: Number.isInteger(source.line) ? source.line : null, component: cut(String(source.component), 100) },
    };
  };
  const targetOf = (event) => {
    const [first] = event.composedPath();
    return first instanceof Element && first !== document.documentElement && first !== document.body ? first : undefined;
  };
  const hold = (event) => {
    if (!isPinning) return;
    event.stopImmediatePropagation();
    // A touch must still scroll.
    if (!event.type.startsWith('touch') && !event.type.startsWith('pointer')) event.preventDefault();
    if (event.type === 'pointerdown' || event.type === 'pointermove') {
      const element = targetOf(event);
      layer();
      if (element) place(light, element.getBoundingClientRect());
      style(light, { display: element && event.pointerType !== 'touch' ? 'block' : 'none' });
    }
    if (event.type !== 'click') return;
    const element = targetOf(event);
    if (!element) return;
    const pin = describe(element);
    elements.set(pin.pinId, element);
    say({ kind: 'picked', pin });
  };
  for (const type of ['click', 'dblclick', 'auxclick', 'contextmenu', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'pointermove', 'touchstart', 'touchend', 'submit'])
    addEventListener(type, hold, { capture: true, passive: type.startsWith('touch') });

  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== app || source !== window.top || !data || data.from !== 'porchlight') return;
    isPinning = data.isPinning === true;
    pins = Array.isArray(data.pins) ? data.pins : [];
    if (light && !isPinning) style(light, { display: 'none' });
    later();
  });
  say({ kind: 'hello', path: (lastPath = here()) });
  addEventListener('DOMContentLoaded', () => say({ kind: 'path', path: (lastPath = here()), title: cut(document.title, 200) }));
})();
`;
