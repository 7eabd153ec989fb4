// Random HTTP requests as bytes, around the daemon's routes: right ones, nearly right ones, and those that servers disagree on.
// Pure.
import fc from 'fast-check';
import type { Bodies, Names } from './commands.ts';
import { type Framing, frame, oddFramings } from './framing.ts';
import {
  fineLines,
  oddBearers,
  oddBodies,
  oddHosts,
  oddLines,
  oddMethods,
  oddTargets,
  oddTypes,
  oddVersions,
  pages,
} from './odd-requests.ts';
import { oddString } from './odd-values.ts';
import { type Ask, asks, mostly } from './routes.ts';

export interface RawRequest {
  readonly door: 'public' | 'private';
  readonly head: string;
  readonly body: string;
  /** Its body holds a request of its own, which nobody may answer. */
  readonly hides: boolean;
  readonly hasToken: boolean;
}

export function requests(
  names: Names & { token: string; port: number },
  bodies: Bodies,
): fc.Arbitrary<RawRequest> {
  const { token, port } = names;
  const good = `Bearer ${token}`;
  const fine = fc.constantFrom(...fineLines(port));
  const odd = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...oddLines(port)) },
    { weight: 1, arbitrary: oddString.map((text) => `X-Odd: ${text}`) },
  );
  return fc
    .record({
      ask: asks(names, bodies),
      host: mostly(fc.constant(`localhost:${port}`), oddHosts(port)),
      bearer: mostly(fc.constant(good), oddBearers(token)),
      type: mostly(fc.constant('application/json'), oddTypes),
      lines: fc.array(fc.oneof({ weight: 9, arbitrary: fine }, { weight: 1, arbitrary: odd }), {
        maxLength: 4,
      }),
      framing: mostly<Framing>(fc.constant('length'), oddFramings),
      version: mostly(fc.constant('HTTP/1.1'), oddVersions),
      door: fc.constantFrom('public' as const, 'public' as const, 'public' as const, 'private' as const),
    })
    .map((parts) => requestOf(parts, good));
}

/** Each odd part once, in a request that is good in all else. */
export function oneByOne({ token, port }: { token: string; port: number }): RawRequest[] {
  const list = { method: 'POST', target: '/api/commands', body: '{"type":"conversation.list"}' };
  const usual: Parts = {
    ask: list,
    host: `localhost:${port}`,
    bearer: `Bearer ${token}`,
    type: 'application/json',
    lines: [],
    framing: 'length',
    version: 'HTTP/1.1',
    door: 'public',
  };
  const odd: Partial<Parts>[] = [
    ...oddHosts(port).map((host) => ({ host })),
    ...oddBearers(token).map((bearer) => ({ bearer })),
    ...oddTypes.map((type) => ({ type })),
    ...[...oddLines(port), ...fineLines(port)].map((line) => ({ lines: [line] })),
    ...oddFramings.map((framing) => ({ framing })),
    ...oddVersions.map((version) => ({ version })),
    ...oddBodies.map((body) => ({ ask: { ...list, body } })),
    ...oddMethods.map((method) => ({ ask: { ...list, method } })),
    ...[...oddTargets, ...pages].map((target) => ({ ask: { method: 'GET', target, body: '' } })),
  ];
  return odd.map((part) => requestOf({ ...usual, ...part }, usual.bearer));
}

interface Parts {
  readonly ask: Ask;
  readonly host: string;
  readonly bearer: string;
  readonly type: string;
  readonly lines: readonly string[];
  readonly framing: Framing;
  readonly version: string;
  readonly door: RawRequest['door'];
}

function requestOf(
  { door, ask, version, host, bearer, type, lines, framing }: Parts,
  good: string,
): RawRequest {
  const { method, target, body } = ask;
  const own = [
    host && `Host: ${host}`,
    bearer && `Authorization: ${bearer}`,
    type && `Content-Type: ${type}`,
  ];
  const framed = frame(framing, body);
  const end = framing === 'lf only' ? '\n' : '\r\n';
  return {
    door,
    head: [`${method} ${target} ${version}`, ...own.filter(Boolean), ...framed.lines, ...lines, '', ''].join(
      end,
    ),
    body: framed.body,
    hides: framed.hides,
    hasToken: bearer === good,
  };
}
