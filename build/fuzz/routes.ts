// The daemon's routes with what fits them, mostly: the method, an address with names that exist or do not, a body. A new route
// of the daemon is a line here. Pure.
import fc from 'fast-check';
import { authPaths, type Bodies, type Names } from './commands.ts';
import { oddBodies, oddMethods, oddTargets, pages, queries } from './odd-requests.ts';
import { oddString, textOf } from './odd-values.ts';

export interface Ask {
  readonly method: string;
  readonly target: string;
  readonly body: string;
}

export function asks({ conversationIds, uploadIds }: Names, bodies: Bodies): fc.Arbitrary<Ask> {
  const odd = oddString.map(encodeLoosely);
  const id = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...conversationIds) }, fc.uuid(), odd);
  const uploadId = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...uploadIds) }, odd);
  const number = fc.oneof(
    fc.nat(9).map(String),
    fc.constantFrom('-1', '1e3', '9'.repeat(20), 'x', 'length', ''),
  );
  const query = fc.oneof(
    fc.constantFrom(...queries),
    odd.map((text) => `?after=${text}`),
  );
  const log = fc.oneof(fc.constant('lobby'), id);
  const path = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((it) => it.join(''));
  const nothing = fc.constant('');
  const part = fc.oneof(fc.constantFrom('x', 'x'.repeat(7), 'x'.repeat(5000)), oddString);
  const usual: readonly [number, string[], fc.Arbitrary<string>, fc.Arbitrary<string>][] = [
    [8, ['POST'], path('/api/commands'), bodies.command.map(textOf)],
    [4, ['GET', 'HEAD'], path('/api/logs/', log, '/events', query), nothing],
    [2, ['GET', 'HEAD'], path('/api/conversations/', id, '/pages/', number), nothing],
    [1, ['POST'], path('/api/uploads'), bodies.upload.map(textOf)],
    [2, ['PATCH'], path('/api/uploads/', id, '/', uploadId), part],
    [2, ['GET', 'HEAD', 'DELETE'], path('/api/uploads/', id, '/', uploadId), nothing],
    [3, ['POST'], fc.constantFrom(...authPaths), bodies.auth.map(textOf)],
    [2, ['GET', 'HEAD'], path(fc.constantFrom(...pages), query), nothing],
    [2, ['GET', 'POST'], fc.constantFrom(...oddTargets), bodies.command.map(textOf)],
    [1, ['GET', 'POST'], path('/', oddString), bodies.command.map(textOf)],
  ];
  return fc.oneof(
    ...usual.map(([weight, methods, target, body]) => ({
      weight,
      arbitrary: fc.record({
        method: mostly(fc.constantFrom(...methods), oddMethods),
        target,
        body: mostly(body, oddBodies),
      }),
    })),
  );
}

/** Odd one time in twenty. */
export function mostly<T>(usual: fc.Arbitrary<T>, odd: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 19, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

/** As a sloppy client would: what has a form in an address gets it, the rest stays as it is. */
function encodeLoosely(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text : encodeURIComponent(text);
}
