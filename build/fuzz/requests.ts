// Random HTTP requests as bytes, around the daemon's routes: right ones, nearly right ones, and those that servers disagree on.
// Pure.
import fc from 'fast-check';
import type { Bodies, Names } from './commands.ts';
import { type Framing, frame, oddFramings } from './framing.ts';
import { fineLines, oddBearers, oddHosts, oddLines, oddTypes } from './odd-requests.ts';
import { oddString } from './odd-values.ts';
import { asks, mostly } from './routes.ts';

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
      version: mostly(fc.constant('HTTP/1.1'), ['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1x', 'JUNK', '']),
      door: fc.constantFrom('public' as const, 'public' as const, 'public' as const, 'private' as const),
    })
    .map(({ door, ask, version, host, bearer, type, lines, framing }) => {
      const { method, target, body } = ask;
      const first = `${method} ${target} ${version}`;
      const own = [
        host && `Host: ${host}`,
        bearer && `Authorization: ${bearer}`,
        type && `Content-Type: ${type}`,
      ];
      const framed = frame(framing, body);
      const end = framing === 'lf only' ? '\n' : '\r\n';
      return {
        door,
        head: [first, ...own.filter(Boolean), ...framed.lines, ...lines, '', ''].join(end),
        body: framed.body,
        hides: framed.hides,
        hasToken: bearer === good,
      };
    });
}
