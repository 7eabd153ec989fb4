// The one connection of the page: signs in, chooses a transport, brings every followed log to its cursor, and starts over
// when the transport ends, falls silent or skips an event. The only owner of when to try again.
import { type ReadonlySignal, signal } from '@preact/signals';
import {
  type CommandInput,
  type CommandResult,
  type CommandType,
  commands,
} from '../../daemon/protocol/commands.ts';
import { AppError } from '../../daemon/protocol/errors.ts';
import type { Access } from '../access.ts';
import { resultOf, Unreachable } from '../http.ts';
import { createBackOff } from './back-off.ts';
import { type ConnectionState, causeOf } from './connection-state.ts';
import type { FollowedLog } from './follow-log.ts';
import { openSocket } from './socket.ts';
import { openStreams } from './stream.ts';
import type { Ending, Transport, TransportEvents } from './transport.ts';
import type { TransportChoice } from './transport-choice.ts';
import { isHidden, listenForWakeUp } from './wake-up.ts';

/** An answer that takes longer than this after a wake-up will not come. */
const answerMs = 1500;
/** A command without a reply for so long puts the transport in doubt. */
const patienceMs = 4000;
const beatMs = 15_000;
/** How long a transport may take to get ready. */
const openingMs = 10_000;

type AnyLog = Pick<FollowedLog<never>, 'log' | 'cursor' | 'read' | 'end'>;

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

export function connect(options: { access: Access; choice: TransportChoice }): Connection {
  const { access, choice } = options;
  const state = signal<ConnectionState>({ kind: 'connecting' });
  const buildId = signal<string | undefined>(undefined);
  const logs = new Map<string, AnyLog>();
  const backOff = createBackOff(Math.random);
  let transport: Transport | undefined;
  /** The transport takes subscriptions; streams do so before they are known to be live. */
  let isTaking = false;
  let lastHeard = 0;
  let attempt = 0;
  const timers: Record<'retry' | 'beat' | 'answer' | 'renewal', ReturnType<typeof setTimeout> | undefined> = {
    retry: undefined,
    beat: undefined,
    answer: undefined,
    renewal: undefined,
  };

  /** Starts over. What an earlier attempt still brings is void. */
  async function open(): Promise<void> {
    drop();
    attempt += 1;
    const mine = attempt;
    // A try during an outage is told by the outage's own line.
    if (state.value.kind !== 'waiting') state.value = { kind: 'connecting' };
    try {
      const token = await access.token();
      const kind = await choice.preferred();
      if (mine === attempt) openBy({ kind, token, mine, isFallback: false });
    } catch (error) {
      if (mine !== attempt) return;
      if (error instanceof AppError && error.code === 'unauthenticated') return end();
      if (!(error instanceof AppError || error instanceof Unreachable)) throw error;
      wait(error);
    }
  }

  function openBy(way: {
    kind: 'socket' | 'stream';
    token: string;
    mine: number;
    isFallback: boolean;
  }): void {
    const { kind, token, mine, isFallback } = way;
    let isReady = false;
    let isLive = false;
    const tooLate = setTimeout(() => events.onEnd('silent'), openingMs);
    const events: TransportEvents = {
      onReady(facts) {
        if (mine !== attempt) return;
        isReady = true;
        isTaking = true;
        clearTimeout(tooLate);
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
      onEnd(ending) {
        clearTimeout(tooLate);
        if (mine !== attempt) return;
        const mayFallBack = kind === 'socket' && !isReady && ending === 'silent';
        if (mayFallBack) openBy({ kind: 'stream', token, mine, isFallback: true });
        else lost(ending);
      },
    };
    transport?.close();
    transport = kind === 'socket' ? openSocket(token, events) : openStreams(token, events);

    function nowLive(): void {
      isLive = true;
      lastHeard = Date.now();
      state.value = { kind: 'live', via: kind };
      scheduleBeat();
      scheduleRenewal();
      if (isFallback) void choice.rememberFailure();
    }
  }

  function lost(ending: Ending): void {
    if (ending === 'revoked') return end();
    if (ending === 'unauthenticated') access.drop();
    wait(new Unreachable());
  }

  function wait(error: AppError | Unreachable): void {
    drop();
    attempt += 1;
    if (isHidden()) {
      state.value = { kind: 'asleep' };
      return;
    }
    const delay = backOff.next();
    state.value = { kind: 'waiting', cause: causeOf(error, navigator.onLine), due: Date.now() + delay };
    timers.retry = setTimeout(() => void open(), delay);
  }

  function end(): void {
    drop();
    attempt += 1;
    state.value = { kind: 'ended' };
  }

  function drop(): void {
    for (const timer of Object.values(timers)) clearTimeout(timer);
    transport?.close();
    transport = undefined;
    isTaking = false;
  }

  /** Asks for a sign of life; without one the transport is replaced at once, and it does not count as a failure. */
  function doubt(): void {
    const asked = Date.now();
    if (!transport || asked - lastHeard < 500) return;
    transport.probe((log) => logs.get(log)?.cursor());
    clearTimeout(timers.answer);
    timers.answer = setTimeout(() => {
      if (lastHeard < asked) void open();
    }, answerMs);
  }

  function scheduleBeat(): void {
    timers.beat = setTimeout(() => {
      backOff.reset();
      if (!isHidden() && Date.now() - lastHeard > beatMs - 1000) doubt();
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
            transport?.renew(token);
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
      if (state.value.kind === 'live') doubt();
      else if (state.value.kind === 'waiting' || state.value.kind === 'asleep') void open();
    },
    onSleep() {
      if (state.value.kind !== 'waiting') return;
      clearTimeout(timers.retry);
      state.value = { kind: 'asleep' };
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
        return parseResult(type, resultOf(reply));
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

function parseResult<T extends CommandType>(type: T, result: unknown): CommandResult<T> {
  // The table pairs each type with its result's schema; TypeScript cannot follow that through an index.
  return commands[type].result.parse(result) as CommandResult<T>;
}
