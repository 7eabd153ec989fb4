// The routes under /auth: pairing and signing in, the only ones open to a device that has nothing yet. Failures are counted
// over all callers, loopback too, so that nobody can guess for long; those in the name of a known device by themselves, so
// that no stranger can lock it out.
import express, { type Request, type Router } from 'express';
import type * as z from 'zod/mini';
import type { Access } from '../pairing/access.ts';
import { tokenLifetimeMs } from '../pairing/access.ts';
import type { Devices } from '../pairing/devices.ts';
import type { Pairings } from '../pairing/pairings.ts';
import type { Tickets } from '../pairing/tickets.ts';
import type { Clock } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { auth } from '../protocol/pairing.ts';
import { addressOf, type Guard, isFromInternet, isOwnOrigin } from './guard.ts';

const maxFailures = 60;
const maxFailuresOfDevice = 10;
const windowMs = 60_000;

export interface AuthOptions {
  readonly access: Access;
  readonly devices: Devices;
  readonly pairings: Pairings;
  readonly tickets: Tickets;
  readonly guard: Guard;
  readonly clock: Clock;
  /** Origins under which this computer is reached now, best first. */
  readonly addresses: () => readonly string[];
}

export function authRoutes(options: AuthOptions): Router {
  const { access, devices, pairings, tickets, guard, clock, addresses } = options;
  const router = express.Router();
  router.use(express.json({ limit: '64kb', strict: true, inflate: false }));

  /** Parses the body, counts a refusal as a failure, answers `{ok, result}`. */
  function route<I extends z.ZodMiniType, R>(
    { path, input }: { path: string; input: I },
    run: (body: z.infer<I>, request: Request) => R | Promise<R>,
    nameOf: (body: z.infer<I>) => string = () => '',
  ): void {
    // Each route has its own count, so that nobody can lock out sign-ins by failing at pairing.
    const anyone = createFailureLimit(clock, maxFailures);
    const known = new Map<string, FailureLimit>();
    const limitFor = (deviceId: string): FailureLimit => {
      if (!devices.find(deviceId)) return anyone;
      const own = known.get(deviceId) ?? createFailureLimit(clock, maxFailuresOfDevice);
      known.set(deviceId, own);
      return own;
    };
    router.post(path.slice('/auth'.length), async (request, response) => {
      const parsed = input.safeParse(request.body);
      const failures = parsed.success ? limitFor(nameOf(parsed.data)) : anyone;
      failures.check();
      if (!parsed.success) throw new AppError('bad_request');
      try {
        response.json({ ok: true, result: await run(parsed.data, request) });
      } catch (error) {
        failures.count();
        throw error;
      }
    });
  }

  /** A code is scanned where the computer is: whoever may try codes from anywhere has all the time in the world. */
  function mustBeAtHome(request: Request): void {
    if (isFromInternet(request, guard)) throw new AppError('pair_at_home');
  }

  route(auth.pair, ({ code, jwk, label }, request) => {
    mustBeAtHome(request);
    return pairings.begin({ code, jwk, label, address: addressOf(request, guard) });
  });
  route(auth.reveal, ({ pairingId, nonce }) => pairings.reveal(pairingId, nonce));
  route(auth.wait, ({ pairingId }, request) => {
    const gone = new AbortController();
    // Not the request's own `close`: that comes as soon as its body is read.
    request.res?.once('close', () => gone.abort());
    return pairings.wait(pairingId, gone.signal);
  });
  route(auth.challenge, ({ deviceId }) => ({ challenge: access.challenge(deviceId) }));
  route(
    auth.token,
    (proof, request) => {
      const where = { origin: ownOrigin(request, guard), address: addressOf(request, guard) };
      const { accessToken, principal } = access.signIn({ ...proof, ...where });
      const { scopes } = principal;
      return { accessToken, expiresInMs: tokenLifetimeMs, scopes, addresses: addresses() };
    },
    ({ deviceId }) => deviceId,
  );
  route(auth.move, async ({ deviceId, ...proof }, request) => {
    const where = { origin: ownOrigin(request, guard), address: addressOf(request, guard) };
    return { deviceId, kind: await access.move({ deviceId, ...proof, ...where }) };
  });
  route(auth.enrol, async ({ ticket, jwk, label }, request) => {
    mustBeAtHome(request);
    if (!tickets.take(ticket)) throw new AppError('pairing_over');
    const { deviceId } = await devices.add({
      label,
      kind: 'computer',
      jwk,
      address: addressOf(request, guard),
      scopes: ['read', 'use', 'approve', 'admin'],
    });
    return { deviceId };
  });
  router.use(() => {
    throw new AppError('not_found');
  });
  return router;
}

/** What a page signs for is the origin that its browser names, and never one that it names itself. */
function ownOrigin(request: Request, guard: Guard): string {
  const { origin } = request.headers;
  if (origin === undefined || !isOwnOrigin(origin, guard.hosts())) throw new AppError('foreign_origin');
  return origin;
}

interface FailureLimit {
  check(): void;
  count(): void;
}

function createFailureLimit(clock: Clock, most: number): FailureLimit {
  let times: number[] = [];
  return {
    check() {
      times = times.filter((time) => clock.monotonic() - time < windowMs);
      if (times.length >= most) throw new AppError('rate_limited');
    },
    count() {
      times.push(clock.monotonic());
    },
  };
}
