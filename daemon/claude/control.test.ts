// Requests to the CLI and their answers, without a CLI: what is matched, and what becomes of those that nobody answers.
import { expect, test } from 'vitest';
import type { Clock } from '../ports.ts';
import { createControl } from './control.ts';

/** A clock that only the test moves. */
function standingClock(): { clock: Clock; pass: () => void } {
  const due = new Set<() => void>();
  const after = (_: number, action: () => void) => {
    due.add(action);
    return () => void due.delete(action);
  };
  return {
    clock: { now: () => 1, today: () => '', monotonic: () => 1, after },
    pass: () => {
      for (const action of [...due]) action();
    },
  };
}

interface Sent {
  readonly request_id: string;
  readonly request: { readonly subtype: string };
}

function start(send: (line: unknown) => Promise<void> = () => Promise.resolve()) {
  const lines: Sent[] = [];
  const { clock, pass } = standingClock();
  const control = createControl({
    clock,
    send(line) {
      lines.push(line as Sent);
      return send(line);
    },
  });
  const idOf = (index: number) => lines[index]?.request_id ?? '';
  return { ...control, lines, pass, idOf };
}

test('each answer reaches the one who asked, in whatever order they come', async () => {
  const { request, answered, idOf, lines } = start();
  const first = request({ subtype: 'one' });
  const second = request({ subtype: 'two' });
  answered({ request_id: idOf(1), subtype: 'success', response: 2 });
  answered({ request_id: idOf(0), subtype: 'success', response: 1 });
  expect([await first, await second]).toEqual([1, 2]);
  expect(lines.map(({ request: { subtype } }) => subtype)).toEqual(['one', 'two']);
});

test('a refusal tells the words of the CLI; one without words is still a refusal', async () => {
  const { request, answered, idOf } = start();
  const asked = [request({ subtype: 'one' }), request({ subtype: 'two' })];
  answered({ request_id: idOf(0), subtype: 'error', error: 'invalid_mode' });
  answered({ request_id: idOf(1), subtype: 'error', error: null });
  await expect(asked[0]).rejects.toMatchObject({ code: 'claude_unavailable', message: 'invalid_mode' });
  await expect(asked[1]).rejects.toMatchObject({ message: 'Claude Code refused.' });
});

test('an answer to nobody, or a second one, changes nothing', async () => {
  const { request, answered, idOf } = start();
  const asked = request({ subtype: 'one' });
  answered({ request_id: 'unknown', subtype: 'success', response: 'wrong' });
  answered({ request_id: idOf(0), subtype: 'success', response: 'right' });
  answered({ request_id: idOf(0), subtype: 'error', error: 'late' });
  expect(await asked).toBe('right');
});

test('silence, a closed stdin and the end of the run are refusals', async () => {
  const silent = start();
  const unanswered = silent.request({ subtype: 'get_settings' });
  silent.pass();
  await expect(unanswered).rejects.toThrow('Claude Code did not answer get_settings.');

  const gone = start(() => Promise.reject(new Error('EPIPE')));
  await expect(gone.request({ subtype: 'one' })).rejects.toThrow('EPIPE');

  const ended = start();
  const open = ended.request({ subtype: 'one' });
  ended.close();
  await expect(open).rejects.toThrow('Claude Code has ended.');
});

test('an answered request no longer waits for its time to pass', async () => {
  const { request, answered, idOf, pass } = start();
  const asked = request({ subtype: 'one' });
  answered({ request_id: idOf(0), subtype: 'success' });
  pass();
  expect(await asked).toBeUndefined();
});

test('ids do not come twice, neither in one run nor from one daemon to the next', () => {
  const { request, idOf } = start();
  void request({ subtype: 'one' });
  void request({ subtype: 'two' });
  expect(idOf(0)).not.toBe(idOf(1));
  expect(idOf(0)).toContain('porchlight-1-');
});
