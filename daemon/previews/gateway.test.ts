// What passes a preview's door: header by header, for hostile ones that nobody has thought of, too.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isForApp, refusalOf, ticketIn, withTicket } from './gateway-requests.ts';
import { appCookies, cookiesNamed, headersDown, headersUp } from './gateway-rules.ts';

const ends = { outside: 'https://192.168.1.20:47100', inside: 'http://localhost:5173' };
const framing = { frameAncestor: 'https://192.168.1.20:47000' };
const added = [
  ...['Referrer-Policy', 'same-origin', 'Origin-Agent-Cluster', '?1'],
  ...['Content-Security-Policy', "frame-ancestors 'self' https://192.168.1.20:47000"],
];

test('to the app it looks like a browser at this computer, without anything of Porchlight’s', () => {
  const raw = [
    ...['Host', '192.168.1.20:47100', 'Origin', 'https://192.168.1.20:47100'],
    ...[
      'Referer',
      'https://192.168.1.20:47100/a?b',
      'Cookie',
      'a=1; __Host-plt-preview-47100=s; __host-PLTx=2; b=3',
    ],
    ...[
      'Authorization',
      `Bearer plt_${'x'.repeat(43)}`,
      'X-Forwarded-For',
      '1.2.3.4',
      'X-Mine',
      `plt_${'y'.repeat(30)}`,
    ],
    ...[
      'Connection',
      'keep-alive, X-Secret-Hop',
      'X-Secret-Hop',
      '1',
      'Accept',
      'text/html',
      'Content-Length',
      '5',
    ],
  ];
  expect(headersUp(raw, ends)).toEqual([
    ...['Host', 'localhost:5173', 'Origin', 'http://localhost:5173'],
    ...['Referer', 'http://localhost:5173/a?b', 'Cookie', 'a=1; b=3', 'Accept', 'text/html'],
  ]);
  expect(headersUp(['Origin', 'https://evil.example', 'Referer', 'https://evil.example/'], ends)).toEqual([
    ...['Host', 'localhost:5173', 'Origin', 'https://evil.example'],
  ]);
});

test('the answer says nothing that holds beyond the preview’s origin', () => {
  const raw = [
    ...[
      'Set-Cookie',
      'app=ok; Domain=.example.com; Path=/',
      'set-cookie',
      '__Host-plt-preview-47100=stolen; Secure',
    ],
    ...['Set-Cookie', '=__Host-plt=1', 'Set-Cookie', 'plt', 'SET-COOKIE', ' PLT =1; Path=/'],
    ...[
      'Clear-Site-Data',
      '"cookies"',
      'Strict-Transport-Security',
      'max-age=1',
      'NEL',
      '{}',
      'Report-To',
      '{}',
    ],
    ...['Alt-Svc', 'h3=":1"', 'X-Frame-Options', 'DENY', 'Transfer-Encoding', 'chunked', 'Upgrade', 'h2c'],
    ...[
      'Location',
      'http://127.0.0.1:5173/next',
      'Access-Control-Allow-Origin',
      'http://localhost:5173',
      'ETag',
      'x',
    ],
  ];
  expect(headersDown(raw, ends, framing)).toEqual([
    ...['Set-Cookie', 'app=ok; Path=/', 'Location', 'https://192.168.1.20:47100/next'],
    ...['Access-Control-Allow-Origin', 'https://192.168.1.20:47100', 'ETag', 'x', ...added],
  ]);
});

test.each([
  ['/relative', '/relative'],
  ['//localhost:5173/x', 'https://192.168.1.20:47100/x'],
  ['http://localhost:5173', 'https://192.168.1.20:47100'],
  ['http://localhost:3000/login', 'http://localhost:3000/login'],
  ['https://accounts.example/x', 'https://accounts.example/x'],
  ['http://localhost:5173.evil.example/x', 'http://localhost:5173.evil.example/x'],
  ['http://localhost:5173@evil.example/x', 'http://localhost:5173@evil.example/x'],
])('a redirect to %s leads to %s', (location, to) => {
  expect(headersDown(['Location', location], ends, framing).slice(0, 2)).toEqual(['Location', to]);
});

test('no cookie of ours goes up or comes down, however it is written', () => {
  const prefix = fc.constantFrom('', '__Host-', '__Secure-', '__Http-', '__Host-Http-', '__hOsT-');
  const space = fc.constantFrom('', ' ', '\t', '  ');
  const name = fc.tuple(
    space,
    prefix,
    fc.constantFrom('plt', 'PLT', 'pLt'),
    fc.stringMatching(/^[\w-]{0,8}$/),
    space,
  );
  const others = fc.array(fc.stringMatching(/^[a-oq-z]\w{0,5}=\w{0,5}$/), { maxLength: 4 });
  fc.assert(
    fc.property(name, others, fc.string(), (parts, rest, value) => {
      const own = `${parts.join('')}=${value.replaceAll(/[;\r\n]/g, '')}`;
      expect(appCookies([...rest, own].join('; '))).toBe(rest.join('; '));
      expect(headersDown(['Set-Cookie', `${own}; Path=/`], ends, framing)).toEqual(added);
    }),
  );
});

test('whatever headers there are, none about one connection, about the way, or with a token passes', () => {
  const name = fc.constantFrom(
    'Connection',
    'Keep-Alive',
    'TE',
    'Upgrade',
    'X-Forwarded-Host',
    'Forwarded',
    'X-A',
    'Via',
    'X-Real-IP',
    'Expect',
  );
  const value = fc.oneof(fc.string(), fc.constant(`plt_${'a'.repeat(43)}`), fc.constant('x-a'));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (all) => {
      const up = headersUp(all.flat(), ends);
      const names = up.filter((_, at) => at % 2 === 0).map((one) => one.toLowerCase());
      expect(names.filter((one) => one !== 'host' && one !== 'x-a')).toEqual([]);
      expect(up.join('\n')).not.toMatch(/plt_\w{20}/);
    }),
  );
});

const visit = {
  method: 'GET',
  target: '/',
  isUpgrade: false,
  origin: undefined,
  fetchSite: undefined,
  fetchMode: undefined,
  fetchDest: undefined,
};
const { outside } = ends;

test.each([
  ['a visit from another site', { fetchSite: 'cross-site', fetchMode: 'navigate' }, undefined],
  ['its own page', { origin: outside, fetchSite: 'same-origin', method: 'POST' }, undefined],
  ['a script of another port', { fetchSite: 'same-site', fetchMode: 'cors' }, 'foreign_origin'],
  ['a picture on another port', { fetchSite: 'same-site', fetchMode: 'no-cors' }, 'foreign_origin'],
  [
    'a form of another port',
    { origin: 'https://192.168.1.20:47101', fetchMode: 'navigate', method: 'POST' },
    'foreign_origin',
  ],
  ['a form that hides where it comes from', { origin: 'null', method: 'POST' }, 'foreign_origin'],
  ['a WebSocket of its own', { origin: outside, isUpgrade: true }, undefined],
  [
    'a WebSocket of another port',
    { origin: 'https://192.168.1.20:47101', isUpgrade: true },
    'foreign_origin',
  ],
  [
    'a visit that wants to be a WebSocket',
    { fetchSite: 'same-site', fetchMode: 'navigate', isUpgrade: true },
    'foreign_origin',
  ],
  ['a whole address', { target: 'http://127.0.0.1:22/' }, 'misdirected'],
  ['a fragment', { target: '/a#b' }, 'misdirected'],
] as const)('%s', (_name, asked, refusal) => {
  expect(refusalOf({ ...visit, ...asked }, outside)).toBe(refusal);
});

test('a ticket is taken out of the address, and what is left leads to no other place', () => {
  expect(ticketIn(withTicket('abc'))).toEqual({ ticket: 'abc', rest: '/' });
  expect(ticketIn('/a/b?x=1&__plt_ticket=abc&y=2')).toEqual({ ticket: 'abc', rest: '/a/b?x=1&y=2' });
  expect(ticketIn('//evil.example/?__plt_ticket=abc')?.rest).toBe('/evil.example/');
  expect(ticketIn(String.raw`/\evil.example?__plt_ticket=abc`)?.rest).toBe('/evil.example');
  expect(ticketIn('/?other__plt_ticket=abc')).toBeUndefined();
});

test.each([
  ['/', true],
  ['/src/main.ts?t=1', true],
  ['/@fs/work/app/node_modules/vite/dist/client/env.mjs', true],
  ['/@fs/work/app/node_modules/.pnpm/x/index.js', true],
  ['/@fs/etc/passwd', false],
  ['/@fs//etc/passwd', false],
  ['/%40fs/etc/passwd?raw', false],
  ['/base/@fs/etc/passwd', false],
  ['/@fs/work/app/../other/x', false],
  ['/@fs/work/app/%2e%2e/other/x', false],
  ['/@fs/work/app/.env?raw', false],
  ['/@fs/work/app/server.pem', false],
  ['/@fs/work/application/x', false],
  ['/@fs/store/node_modules/vite/client.mjs', true],
  ['/@fs/store/other', false],
  ['/__open-in-editor?file=x', false],
  ['/%5f_open-in-editor?file=x', false],
  ['/__nextjs_launch-editor?file=x', false],
  ['/__nextjs_launch_editor', false],
  ['/__open-stack-frame-in-editor', false],
  ['/../../etc/passwd', false],
  ['/%', false],
])('%s reaches the app: %s', (target, reaches) => {
  expect(isForApp(target, ['/work/app', '/store/node_modules'])).toBe(reaches);
});

test('of several cookies with one name all count', () => {
  expect(cookiesNamed('a=1; s=x; s=y; as=z', 's')).toEqual(['x', 'y']);
});
