// The connections that have not signed in, as long as they have not: how many there may be, how much they may send and how
// long they may take. Where there are too many, those that have done nothing for longest make room for the newcomer, of the
// address that has most. Must not hold back a connection that has signed in, and knows no credential itself.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../ports.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import { rawRefusal } from './errors.ts';
import { type BudgetLimits, createRequestBudget } from './request-budget.ts';

export interface StrangerLimits extends BudgetLimits {
  /** Connections of all strangers. */
  readonly sockets: number;
  /** Of one address. More may come at once, up to three times as many: they have a moment, the shorter the more they are. */
  readonly socketsPerAddress: number;
  /** That moment at its longest, ms. */
  readonly graceMs: number;
  /** What a connection may send before it has signed in. */
  readonly bytes: number;
  /** Requests that wait for their answers on one connection; no browser sends a second one. */
  readonly asksAtOnce: number;
  /** From a request's head to the end of its body. */
  readonly bodyMs: number;
  /** From a request's head until its answer is taken; longer than any route waits. */
  readonly exchangeMs: number;
}

export const strangerLimits: StrangerLimits = {
  sockets: 256,
  socketsPerAddress: 32,
  graceMs: 1000,
  bytes: 2 ** 20,
  asksAtOnce: 4,
  bodyMs: 10_000,
  exchangeMs: 60_000,
  burst: 600,
  perSecond: 20,
};

/** One connection, from its first packet on. */
export interface Stranger {
  /** It has signed in: it is nobody's business here any more, and what it asked for is not counted. */
  admit(): void;
  /** Its credential is no longer good. */
  forget(): void;
  /** From now on it is told by `say` that it has to go; for a connection that no longer speaks HTTP. */
  onTurnedAway(say: () => void): void;
}

export interface Strangers {
  /** A new connection, before its TLS handshake. */
  meet(socket: Socket): void;
  /** The same one behind its handshake. */
  secured(socket: Socket): void;
  /**
   * Counts a request without a good credential. False: it was too much, and the connection is told so and ended; nothing more
   * may be done for it, since a refusal made with care costs as much as an answer.
   */
  ask(request: IncomingMessage, response?: ServerResponse): boolean;
  /** Whose connection this is; undefined when it is closed. */
  find(socket: Duplex): Stranger | undefined;
  readonly count: number;
}

interface Met extends Stranger {
  /** Of who asked last where a tunnel brings many on one connection. */
  address: string;
  readonly raw: Socket;
  secure: Socket | undefined;
  isIn: boolean;
  isOver: boolean;
  /** When it last got on: connected, secured, asked. */
  since: number;
  /** Its newest request. */
  asked: { readonly request: IncomingMessage; readonly at: number } | undefined;
  /** Answers that are due; since when there has been one all the time. */
  due: number;
  dueSince: number;
  spent: number;
  say: (() => void) | undefined;
}

const crowd = 3;
const sweepMs = 250;
/** Whoever does not take the words of refusal is cut off. */
const farewellMs = 1000;

/** `visitorOf`: the address of who comes through the computer's own tunnel. */
export function createStrangers(
  limits: StrangerLimits,
  clock: Clock,
  visitorOf: (request: IncomingMessage) => string | undefined,
): Strangers {
  const budget = createRequestBudget(limits, clock);
  /** Of each address, in the order in which they last got on. */
  const groups = new Map<string, Set<Met>>();
  const byPeer = new Map<string, Met>();
  const bySocket = new WeakMap<object, Met>();
  let count = 0;
  let isSweeping = false;

  function add(met: Met): void {
    const group = groups.get(met.address) ?? new Set();
    groups.set(met.address, group);
    met.since = clock.monotonic();
    group.add(met);
    count += 1;
    while (count > limits.sockets) turnAway(oldest(largest(group)), 'crowded');
    relieve(group);
    if (isSweeping) return;
    isSweeping = true;
    clock.after(sweepMs, sweep);
  }

  function remove(met: Met): void {
    const group = groups.get(met.address);
    if (!group?.delete(met)) return;
    count -= 1;
    if (group.size === 0) groups.delete(met.address);
  }

  /** The connection counts for this visitor from now on. */
  function bring(met: Met, visitor: string): void {
    if (met.address === visitor) return;
    const isCounted = groups.get(met.address)?.has(met);
    remove(met);
    met.address = visitor;
    if (isCounted) add(met);
  }

  function gotOn(met: Met): void {
    const group = groups.get(met.address);
    if (!group?.delete(met)) return;
    met.since = clock.monotonic();
    group.add(met);
  }

  /** Those above the number that have had their moment go. */
  function relieve(group: Set<Met>): void {
    const { socketsPerAddress, graceMs } = limits;
    while (group.size > socketsPerAddress) {
      const fullness = (group.size - 1 - socketsPerAddress) / (socketsPerAddress * (crowd - 1));
      const first = oldest(group);
      if (clock.monotonic() - first.since < graceMs * (1 - fullness)) return;
      turnAway(first, 'crowded');
    }
  }

  function largest(group: Set<Met>): Set<Met> {
    let found = group;
    for (const other of groups.values()) if (other.size > found.size) found = other;
    return found;
  }

  function turnAway(met: Met, code: ErrorCode): void {
    remove(met);
    met.isOver = true;
    const { raw, secure, say, due } = met;
    if (say) return say();
    const isTooMany = code === 'crowded' || code === 'rate_limited';
    // In the middle of an answer no other words can be put in, and before the handshake there is none to hear them.
    if (!secure?.writable || (due > 0 && isTooMany)) return void raw.destroy();
    secure.end(rawRefusal(code));
    // Closed at once, what is still coming would take the words with it on the other side; in a crowd there is no time for that.
    if (isTooMany) secure.once('finish', () => secure.destroy());
    raw.once(
      'close',
      clock.after(farewellMs, () => raw.destroy()),
    );
  }

  function sweep(): void {
    const now = clock.monotonic();
    for (const group of [...groups.values()]) {
      for (const met of [...group]) {
        const { raw, secure, asked, due, dueSince } = met;
        if ((secure ?? raw).bytesRead > limits.bytes) turnAway(met, 'too_large');
        else if (asked && !asked.request.complete && now - asked.at >= limits.bodyMs)
          turnAway(met, 'too_slow');
        else if (due > 0 && now - dueSince >= limits.exchangeMs) raw.destroy();
      }
      relieve(group);
    }
    isSweeping = count > 0;
    if (isSweeping) clock.after(sweepMs, sweep);
  }

  return {
    meet(raw) {
      const peer = peerOf(raw);
      const address = raw.remoteAddress?.replace(/^::ffff:/, '');
      if (peer === undefined || address === undefined) return void raw.destroy();
      const met: Met = {
        address,
        raw,
        secure: undefined,
        isIn: false,
        isOver: false,
        since: 0,
        asked: undefined,
        due: 0,
        dueSince: 0,
        spent: 0,
        say: undefined,
        admit() {
          if (met.isIn) return;
          met.isIn = true;
          remove(met);
          budget.giveBack(met.address, met.spent);
          met.spent = 0;
        },
        forget() {
          if (!met.isIn || raw.destroyed) return;
          met.isIn = false;
          add(met);
        },
        onTurnedAway(say) {
          met.asked = undefined;
          met.due = 0;
          met.say = say;
        },
      };
      byPeer.set(peer, met);
      raw.once('close', () => {
        remove(met);
        // Its port may be another connection's by now.
        if (byPeer.get(peer) === met) byPeer.delete(peer);
      });
      add(met);
    },
    secured(socket) {
      const peer = peerOf(socket);
      const met = peer === undefined ? undefined : byPeer.get(peer);
      if (!met) return void socket.destroy();
      met.secure = socket;
      bySocket.set(socket, met);
      gotOn(met);
    },
    ask(request, response) {
      const met = bySocket.get(request.socket);
      if (!met) return true;
      const visitor = visitorOf(request);
      // Who came on it before and has signed in was perhaps another.
      if (met.isIn && visitor === undefined) return true;
      if (visitor !== undefined) bring(met, visitor);
      if (met.isOver) return false;
      if (met.due >= limits.asksAtOnce || !budget.take(met.address)) {
        turnAway(met, 'rate_limited');
        return false;
      }
      if (visitor === undefined) met.spent += 1;
      gotOn(met);
      const at = clock.monotonic();
      if (met.isIn) return true;
      met.asked = { request, at };
      if (met.due === 0) met.dueSince = at;
      met.due += 1;
      response?.once('close', () => {
        met.due -= 1;
      });
      if (Number(request.headers['content-length'] ?? 0) <= limits.bytes) return true;
      turnAway(met, 'too_large');
      return false;
    },
    find: (socket) => bySocket.get(socket),
    get count() {
      return count;
    },
  };
}

function oldest(group: Set<Met>): Met {
  const [first] = group;
  if (!first) throw new Error('an address without connections was kept');
  return first;
}

/** The same for a connection and for the TLS socket around it, as long as either is open. */
function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : `${remoteAddress} ${remotePort}`;
}
