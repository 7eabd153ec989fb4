// One log as this device knows it: the cursor, the fold, and the check that nothing is missing. Knows no transport.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { AnyEvent } from '../../daemon/protocol/events.ts';
import { follows } from '../../daemon/protocol/fold.ts';
import type { Cursor, StreamRecord, Trouble } from '../../daemon/protocol/frames.ts';

export type LogState = 'loading' | 'live' | 'gone';

export interface FollowedLog<V> {
  readonly log: string;
  readonly view: ReadonlySignal<V>;
  readonly state: ReadonlySignal<LogState>;
  /** Why the computer takes nothing new for this log, as last heard. */
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  cursor(): Cursor;
  /** False when events are missing: the reader must be brought here again at its cursor, and nothing was drawn. */
  read(record: StreamRecord, epoch: string | undefined): boolean;
  /** The log cannot be read any more. */
  end(): void;
}

/** As the connection knows it: whatever it is that its events make. */
export type AnyLog = Pick<FollowedLog<never>, 'log' | 'cursor' | 'read' | 'end'>;

export function followLog<V extends { readonly last: number }>(options: {
  log: string;
  empty: V;
  fold: (view: V, event: AnyEvent) => V;
  /** Trusts the daemon's snapshot: it is the same fold's result. */
  parse: (snapshot: { readonly last: number }) => V;
  /** What was read so far is void. */
  startedOver?: () => void;
}): FollowedLog<V> {
  const { log, empty, fold, parse } = options;
  const view = signal<V>(empty);
  const state = signal<LogState>('loading');
  const trouble = signal<Trouble | undefined>(undefined);
  let epoch: string | undefined;

  function readEvents(events: readonly AnyEvent[]): boolean {
    let next = view.value;
    for (const event of events) {
      if (event.id <= next.last) continue;
      if (!follows(next.last, event)) return false;
      next = fold(next, event);
    }
    view.value = next;
    return true;
  }

  return {
    log,
    view,
    state,
    trouble,
    cursor: () => ({ after: view.value.last, snapshot: true, ...(epoch === undefined ? {} : { epoch }) }),
    read(record, storeEpoch) {
      switch (record.type) {
        case 'reset':
          epoch = record.epoch;
          // First: what is empty from here on says nothing about what there is.
          state.value = 'loading';
          view.value = empty;
          options.startedOver?.();
          return true;
        case 'snapshot':
          epoch = record.epoch;
          view.value = parse(record.view);
          return true;
        case 'events':
          epoch ??= storeEpoch;
          return readEvents(record.events);
        case 'live':
          state.value = 'live';
          if (trouble.value?.message !== record.trouble?.message) trouble.value = record.trouble;
          return true;
        default:
          return record satisfies never;
      }
    },
    end() {
      state.value = 'gone';
    },
  };
}
