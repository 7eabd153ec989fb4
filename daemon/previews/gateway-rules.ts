// What passes between a device and a previewed app, header by header, both ways. Pure. To the app a request looks like one from a
// browser at this computer; to the browser the answer may say nothing that reaches beyond the preview's own origin. Browsers keep
// cookies by host and not by port, so Porchlight's own are taken out here, whoever sends them.

/** As Node has them on the wire: name, value, name, value … */
export type RawHeaders = readonly string[];

export interface Ends {
  /** Where the browser is, e.g. `https://192.168.1.20:47100`. */
  readonly outside: string;
  /** Where the app believes that the browser is, e.g. `http://localhost:5173`. */
  readonly inside: string;
}

const ownCookie = /^(__(host|secure|http|host-http)-)?plt/i;
/** API tokens and everything else of ours that has the mark. */
const ownSecret = /plt_[\w-]{20,}/;

/** RFC 9110, 7.6.1: they are about one connection only. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization', 'expect', 'http2-settings'],
]);
const aboutTheWay = /^(forwarded|via|x-forwarded-.*|x-real-ip|cf-connecting-ip|true-client-ip)$/;

/** Each of them holds for the whole host, or for other ports. */
const beyondOrigin = new Set([
  ...['clear-site-data', 'strict-transport-security', 'nel', 'report-to', 'reporting-endpoints', 'alt-svc'],
  ...['public-key-pins', 'access-control-allow-private-network', 'x-frame-options', 'origin-agent-cluster'],
]);

/** What the app is sent, Host first. The framing of a body is the caller's. */
export function headersUp(raw: RawHeaders, { outside, inside }: Ends): string[] {
  const named = namedByConnection(raw);
  const up = ['Host', new URL(inside).host];
  for (const [name, value] of pairs(raw)) {
    const key = name.toLowerCase();
    if (hopByHop.has(key) || named.has(key) || aboutTheWay.test(key) || key === 'host') continue;
    if (key === 'content-length') continue;
    if (key === 'cookie') {
      const kept = appCookies(value);
      if (kept !== '') up.push(name, kept);
    } else if (ownSecret.test(value)) continue;
    else if (key === 'origin') up.push(name, value.toLowerCase() === outside ? inside : value);
    else if (key === 'referer') {
      const moved = movedInside(value, { outside, inside });
      if (moved !== undefined) up.push(name, moved);
    } else up.push(name, value);
  }
  return up;
}

export interface Framing {
  /** The origin of Porchlight's own app, which alone may show a preview in a frame. */
  readonly frameAncestor: string;
}

/** What the browser is sent. */
export function headersDown(raw: RawHeaders, ends: Ends, { frameAncestor }: Framing): string[] {
  const named = namedByConnection(raw);
  const down: string[] = [];
  let hasReferrerPolicy = false;
  for (const [name, value] of pairs(raw)) {
    const key = name.toLowerCase();
    if (hopByHop.has(key) || named.has(key) || beyondOrigin.has(key)) continue;
    if (key === 'referrer-policy') hasReferrerPolicy = true;
    if (key === 'set-cookie') {
      const kept = appSetCookie(value);
      if (kept !== undefined) down.push(name, kept);
    } else if (key === 'location' || key === 'content-location') down.push(name, movedOutside(value, ends));
    else if (key === 'access-control-allow-origin')
      down.push(name, isInside(value, ends) ? ends.outside : value);
    else down.push(name, value);
  }
  // `no-referrer` would have browsers send forms with `Origin: null`, which apps, and the gateway, refuse.
  if (!hasReferrerPolicy) down.push('Referrer-Policy', 'same-origin');
  down.push('Origin-Agent-Cluster', '?1');
  down.push('Content-Security-Policy', `frame-ancestors 'self' ${frameAncestor}`);
  return down;
}

/** The cookies of a request without those that are Porchlight's; empty when none is left. */
export function appCookies(header: string): string {
  return header
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !ownCookie.test(nameOf(one)))
    .join('; ');
}

/** The values of all cookies with this name. */
export function cookiesNamed(header: string, name: string): readonly string[] {
  return header
    .split(';')
    .map((one) => one.trim())
    .flatMap((one) => (one.startsWith(`${name}=`) ? [one.slice(name.length + 1)] : []));
}

/** Of its own host only, and under no name of ours; undefined when it must not be set. */
function appSetCookie(value: string): string | undefined {
  const [first = '', ...attributes] = value.split(';');
  // Without a name its value could pass for one of ours when it is sent back.
  if (!first.includes('=') || nameOf(first) === '' || ownCookie.test(nameOf(first))) return undefined;
  const kept = attributes.filter((one) => !/^\s*domain\s*(=|$)/i.test(one));
  return [first, ...kept].join(';');
}

/** As browsers cut it out: RFC 6265bis, 5.6. */
function nameOf(cookie: string): string {
  const at = cookie.indexOf('=');
  return (at === -1 ? cookie : cookie.slice(0, at)).trim();
}

function movedInside(url: string, { outside, inside }: Ends): string | undefined {
  const isOwn = url.toLowerCase() === outside || url.toLowerCase().startsWith(`${outside}/`);
  return isOwn ? `${inside}${url.slice(outside.length)}` : undefined;
}

/** An address of the app, as it sees itself, becomes one of the preview. */
function movedOutside(url: string, ends: Ends): string {
  const match = /^(https?:)?\/\/[^/?#]+/i.exec(url);
  if (!match) return url;
  const origin = match[1] === undefined ? `http:${match[0]}` : match[0];
  return isInside(origin, ends) ? `${ends.outside}${url.slice(match[0].length)}` : url;
}

function isInside(origin: string, { inside }: Ends): boolean {
  const { port } = new URL(inside);
  const [, host = '', at = '80'] = /^http:\/\/(.+?)(?::(\d+))?\/?$/i.exec(origin) ?? [];
  const isLocal = ['localhost', '127.0.0.1', '0.0.0.0', '[::1]'].includes(host.toLowerCase());
  return isLocal && at === (port || '80');
}

function namedByConnection(raw: RawHeaders): ReadonlySet<string> {
  const values = pairs(raw).filter(([name]) => name.toLowerCase() === 'connection');
  return new Set(values.flatMap(([, value]) => value.toLowerCase().split(',')).map((one) => one.trim()));
}

function pairs(raw: RawHeaders): readonly (readonly [string, string])[] {
  const all: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) all.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return all;
}
