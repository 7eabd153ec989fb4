// The one connection of the page: signs in, chooses a transport, brings every followed log to its cursor, and starts over
// when the transport ends, falls silent or skips an event. The only owner of when to try again.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CommandInput, CommandResult, CommandType } from '../../daemon/protocol/commands.ts';
import { AppError } from '../../daemon/protocol/errors.ts';
import type { Access } from '../access.ts';
import { Unreachable } from '../http.ts';
import { createBackOff } from './back-off.ts';
import { commandResult } from './command-result.ts';
import { type ConnectionState, causeOf } from './connection-state.ts';
import type { AnyLog } from './follow-log.ts';
import { knock, watchPath } from './path-watch.ts';
import { answerMs, beatMs, openingMs, patienceMs, soonMs, togetherMs } from './patience.ts';
import { openSocket } from './socket.ts';
import { openStreams } from './stream.ts';
import type { Ending, Transport, TransportEvents } from './transport.ts';
import type { TransportChoice } from './transport-choice.ts';
import { isHidden, listenForWakeUp } from './wake-up.ts';

export interface Connection {
  readonly state: ReadonlySignal<ConnectionState>;
  /** The build that the computer serves, once it said so. */
  readonly buildId: ReadonlySignal<string | undefined>;
  /** Reads the log until the disposer is called. */
  follow(followed: AnyLog): () => void;
  /** Rejects with `AppError` (refused) or `Unreachable` (nobody knows). */
  command<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>>;
  tryNow(): void;
}

export function connect(options: { access: Omit<Access, 'addresses'>; choice: TransportChoice }): Connection {
  const { access, choice } = options;
  const state = signal<ConnectionState>({ kind: 'connecting' });
  const buildId = signal<string | undefined>(undefined);
  const logs = new Map<string, AnyLog>();
  const backOff = createBackOff(Math.random);
  let transport: Transport | undefined;
  /** The transport takes subscriptions; streams do so before they are known to be live. */
  let isTaking = false;
  /** The socket was live on this page: when it fails later, that is not the browser's refusal. */
  let hasSocketWorked = false;
  /** The token was refused since it was last live, and another was asked for. */
  let hasRenewed = false;
  let lastHeard: number | undefined;
  let askedAt = 0;
  let patience = openingMs.first;
  let begunAt = 0;
  let attempt = 0;
  let stopWatching: (() => void) | undefined;
  const timers: {
    [what in 'opening' | 'retry' | 'beat' | 'answer' | 'knock' | 'renewal']?:
      | ReturnType<typeof setTimeout>
      | undefined;
  } = {};

  /** Starts over. What an earlier attempt still brings is void. */
  async function open(): Promise<void> {
    drop();
    attempt += 1;
    const mine = attempt;
    begunAt = Date.now();
    // A try during an outage is told by the outage's own line.
    if (state.value.kind !== 'waiting') state.value = { kind: 'connecting' };
    timers.opening = setTimeout(() => {
      access.giveUp();
      tooLate();
    }, patience);
    try {
      const token = await access.token();
      const kind = await choice.preferred();
      if (mine === attempt) openBy({ kind, token, mine, isRefused: false });
    } catch (error) {
      if (mine !== attempt) return;
      if (error instanceof AppError && error.code === 'unauthenticated') return end();
      if (!(error instanceof AppError || error instanceof Unreachable)) throw error;
      wait(error);
    }
  }

  function tooLate(): void {
    patience = Math.min(openingMs.most, patience * 2);
    lost('silent');
  }

  function openBy(way: { kind: 'socket' | 'stream'; token: string; mine: number; isRefused: boolean }): void {
    const { kind, token, mine, isRefused } = way;
    if (kind === 'stream' && isHidden()) return sleep();
    let isReady = false;
    let isLive = false;
    clearTimeout(timers.opening);
    timers.opening = setTimeout(
      () => (kind === 'socket' ? fallBack({ isRefused: false }) : tooLate()),
      patience,
    );
    const events: TransportEvents = {
      onReady(facts) {
        if (mine !== attempt) return;
        isReady = true;
        isTaking = true;
        buildId.value = facts.buildId ?? buildId.value;
        for (const { log, cursor } of logs.values()) transport?.subscribe(log, cursor());
        // Streams are open for sure only when the first of them said something.
        if (kind === 'socket') nowLive();
      },
      onRecord(record, epoch) {
        if (mine !== attempt) return;
        if (!isLive) nowLive();
        if (record.type === 'live') buildId.value = record.buildId ?? buildId.value;
        if (logs.get(record.log)?.read(record, epoch) === false) lost('silent');
      },
      onGone: (log) => logs.get(log)?.end(),
      onHeard() {
        lastHeard = Date.now();
      },
      onAnswer() {
        if (mine !== attempt || timers.answer === undefined) return;
        clearTimeout(timers.answer);
        clearTimeout(timers.knock);
        timers.answer = undefined;
      },
      onEnd(ending) {
        if (mine !== attempt) return;
        if (kind === 'socket' && !isReady && ending === 'silent') fallBack({ isRefused: true });
        else lost(ending);
      },
    };
    transport?.close();
    transport = kind === 'socket' ? openSocket(token, events) : openStreams(token, events);

    /** A socket that fails may be refused by the browser; one that only takes long says nothing of that kind. */
    function fallBack(why: { isRefused: boolean }): void {
      openBy({ kind: 'stream', token, mine, isRefused: why.isRefused && !hasSocketWorked });
    }

    function nowLive(): void {
      isLive = true;
      clearTimeout(timers.opening);
      hasRenewed = false;
      patience = Math.min(openingMs.most, Math.max(openingMs.first, 3 * (Date.now() - begunAt)));
      lastHeard = Date.now();
      if (kind === 'socket') hasSocketWorked = true;
      state.value = { kind: 'live', via: kind };
      scheduleBeat();
      scheduleRenewal();
      if (isRefused) void choice.rememberFailure();
    }
  }

  function lost(ending: Ending): void {
    if (ending === 'revoked') return end();
    if (ending === 'unauthenticated') {
      access.drop();
      // It answers: a computer that has started anew knows no tokens. Only a new token that is refused too is a failure.
      if (!hasRenewed && !isHidden()) {
        hasRenewed = true;
        return void open();
      }
    }
    wait(new Unreachable());
  }

  function wait(error: AppError | Unreachable): void {
    if (isHidden()) return sleep();
    drop();
    attempt += 1;
    const delay = backOff.next();
    const due = Date.now() + delay;
    state.value = { kind: 'waiting', cause: causeOf(error, navigator.onLine), due, lastSeen: lastHeard };
    timers.retry = setTimeout(() => void open(), delay);
    // One that answers, but not as hoped, is not asked more often for that.
    if (error instanceof Unreachable) stopWatching = watchPath(pathIsBack);
  }

  function pathIsBack(wasAway: boolean): void {
    if (wasAway) backOff.reset();
    void open();
  }

  function sleep(): void {
    drop();
    attempt += 1;
    state.value = { kind: 'asleep' };
  }

  function end(): void {
    drop();
    attempt += 1;
    state.value = { kind: 'ended' };
  }

  function drop(): void {
    for (const timer of Object.values(timers)) clearTimeout(timer);
    stopWatching?.();
    timers.answer = undefined;
    transport?.close();
    transport = undefined;
    isTaking = false;
  }

  /** Asks for a sign of life; without one the transport is replaced at once, and it does not count as a failure. */
  function doubt(): void {
    const sinceAsked = Math.abs(Date.now() - askedAt);
    if (!transport || sinceAsked < togetherMs) return;
    // Told again and still no answer: the phone went from one network to the other.
    if (timers.answer !== undefined && sinceAsked > soonMs) return void open();
    askedAt = Date.now();
    clearTimeout(timers.answer);
    clearTimeout(timers.knock);
    timers.answer = setTimeout(() => void open(), answerMs);
    const mine = attempt;
    // When the computer answers, but not on the transport, that has died, and so have other connections of the browser's.
    timers.knock = setTimeout(async () => {
      if ((await knock(answerMs - soonMs)) && mine === attempt && timers.answer !== undefined) void open();
    }, soonMs);
    transport.probe((log) => logs.get(log)?.cursor());
  }

  function scheduleBeat(): void {
    timers.beat = setTimeout(() => {
      backOff.reset();
      // The clock may be set back meanwhile.
      const silence = Math.abs(Date.now() - (lastHeard ?? 0));
      if (!isHidden() && silence > beatMs - 1000) doubt();
      scheduleBeat();
    }, beatMs);
  }

  function scheduleRenewal(): void {
    const mine = attempt;
    timers.renewal = setTimeout(
      () => {
        access.token().then(
          (token) => {
            if (mine !== attempt) return;
            transport?.renew(token, (log) => logs.get(log)?.cursor());
            scheduleRenewal();
          },
          // The token that is held goes on until the daemon closes; then the usual way of starting over applies.
          () => undefined,
        );
      },
      Math.max(1000, access.renewalInMs),
    );
  }

  listenForWakeUp({
    onWake() {
      backOff.reset();
      const { kind } = state.value;
      const isStuck = kind === 'connecting' && Date.now() - begunAt > answerMs;
      if (kind === 'live') doubt();
      else if (kind === 'waiting' || kind === 'asleep' || isStuck) void open();
    },
    onHide() {
      // What an event stream brings out of sight is lost on some phones; a socket at least says when it ends.
      const { kind } = state.value;
      if (kind === 'waiting' || (kind !== 'ended' && transport?.kind === 'stream')) sleep();
    },
    onPutAway() {
      if (state.value.kind !== 'ended') sleep();
    },
  });
  void open();

  return {
    state,
    buildId,
    follow(followed) {
      logs.set(followed.log, followed);
      if (isTaking) transport?.subscribe(followed.log, followed.cursor());
      return () => {
        logs.delete(followed.log);
        transport?.unsubscribe(followed.log);
      };
    },
    async command(type, input) {
      if (!transport || state.value.kind !== 'live') throw new Unreachable();
      const patience = setTimeout(doubt, patienceMs);
      try {
        const reply = await transport.command({ type, ...input });
        return commandResult(type, reply);
      } finally {
        clearTimeout(patience);
      }
    },
    tryNow() {
      backOff.reset();
      void open();
    },
  };
}
