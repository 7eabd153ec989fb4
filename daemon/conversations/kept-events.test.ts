// Which events a checkpoint must keep beside the view.
import { expect, test } from 'vitest';
import { createKeptEvents } from './kept-events.ts';

test('a request stays until its tool call is over or it is withdrawn, whatever turns begin meanwhile', () => {
  const kept = createKeptEvents();
  const events = [
    { type: 'run.started' },
    { type: 'turn.started' },
    { type: 'permission.requested', requestId: 'waits', toolId: 'a' },
    { type: 'permission.requested', requestId: 'answered', toolId: 'b' },
    { type: 'permission.requested', requestId: 'over', toolId: 'c' },
    { type: 'permission.requested', requestId: 'withdrawn', toolId: 'd' },
    { type: 'permission.answered', requestId: 'answered' },
    { type: 'permission.answered', requestId: 'over' },
    { type: 'tool.finished', toolId: 'c' },
    { type: 'permission.withdrawn', requestId: 'withdrawn' },
    { type: 'turn.finished' },
    { type: 'turn.started' },
  ];
  for (const [index, event] of events.entries()) kept.see({ id: index + 1, at: 0, ...event });
  expect(kept.list().map((event) => [event.type, event['requestId']])).toEqual([
    ['run.started', undefined],
    ['permission.requested', 'waits'],
    ['permission.requested', 'answered'],
    ['permission.answered', 'answered'],
    ['turn.started', undefined],
  ]);
});
