import { expect, it } from 'vitest';
import { emptyView, type MessageItem } from '../../../daemon/protocol/view.ts';
import { moved, waitsAboveComposer } from './waiting.ts';

const turn = {
  turnId: 't',
  startedAt: 0,
  stopping: false,
  messages: [],
  retry: null,
  isCompacting: false,
  files: [],
  commands: [],
};
const message = (key: string): MessageItem => ({
  ...{ kind: 'message', key, at: 0, clientId: key, deviceId: 'd', text: key, state: 'sent' },
});

it('keeps a message in the transcript that Claude is about to get', () => {
  const one = { ...emptyView, queue: [message('a')] };
  expect([
    waitsAboveComposer(one),
    waitsAboveComposer({ ...one, queue: [message('a'), message('b')] }),
    waitsAboveComposer({ ...one, unanswered: ['x'] }),
    waitsAboveComposer({ ...one, turn }),
    waitsAboveComposer({ ...one, isAwaitingRun: true }),
    waitsAboveComposer({ ...emptyView, queue: [{ ...message('a'), held: true }] }),
  ]).toEqual([false, true, true, true, true, true]);
});

it('moves a message by one place, and not past the ends', () => {
  const keys = ['a', 'b', 'c'];
  expect([
    moved(keys, 'b', -1),
    moved(keys, 'b', 1),
    moved(keys, 'a', -1),
    moved(keys, 'c', 1),
    moved(keys, 'x', 1),
  ]).toEqual([['b', 'a', 'c'], ['a', 'c', 'b'], undefined, undefined, undefined]);
});
