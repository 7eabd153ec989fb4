// When the person is told, and when not: by who looks, by the time of day, and by how long and how something went.
import { expect, test } from 'vitest';
import type { DesktopNotice } from '../ports/desktop.ts';
import { type ConversationSummary, emptyLobby, foldLobby, type LobbyView } from '../protocol/lobby.ts';
import { emptyView, type ReceiptItem } from '../protocol/view.ts';
import { settableClock } from '../testing/settable-clock.ts';
import { createNotices } from './notices.ts';
import { createPresence } from './presence.ts';
import type { QuietHours } from './quiet-hours.ts';
import type { WaitingRequest } from './waiting-requests.ts';

const request: WaitingRequest = {
  ...{ requestId: 'r', tool: 'Bash', input: { command: 'touch a' }, conversationId: 'c', title: 'Tidy up' },
  ...{ cwd: '/home/ana/shop', at: 1, toolId: null, description: null, reason: null, blockedPath: null },
  suggestions: [],
};
const summary = (change: Partial<ConversationSummary>): ConversationSummary => ({
  ...{ conversationId: 'c', title: 'Tidy up', cwd: '/', state: 'idle', activity: '', since: null },
  ...{ lastText: 'All is tidy.', waiting: 0, lastAt: 1, createdAt: 1 },
  ...change,
});

const noon = new Date('2026-11-21T12:00:00').getTime();

function stage() {
  const { clock: standing, pass } = settableClock();
  const clock = { ...standing, now: () => noon + standing.monotonic() };
  const presence = createPresence(clock);
  const shown = new Map<DesktopNotice, (actionId: string) => void>();
  const told: string[] = [];
  const picked: string[] = [];
  let lobby: LobbyView = emptyLobby;
  let requests: readonly WaitingRequest[] = [];
  let quietHours: QuietHours | null = null;
  let outcome: ReceiptItem['outcome'] = 'completed';
  const receipt = () => ({ kind: 'receipt', outcome, error: 'It broke.' }) as ReceiptItem;
  const notices = createNotices({
    ...{ presence, clock, lobby: () => lobby, requests: () => requests },
    conversations: { get: async () => ({ view: { ...emptyView, pages: [[receipt()]] } }) as never },
    notify(notice, onPick) {
      told.push(`${notice.title} | ${notice.body} | ${notice.actions.map(({ label }) => label).join(' ')}`);
      shown.set(notice, onPick);
      return () => void shown.delete(notice);
    },
    settings: () => ({ notifications: true, quietHours }),
    pick: (itemId) => void picked.push(itemId),
    failed: (error) => expect(error).toBeUndefined(),
  });
  return {
    ...{ presence, pass, told, picked },
    titles: () => [...shown.keys()].map(({ title }) => title),
    press: (actionId: string) => [...shown.values()][0]?.(actionId),
    wait(list: readonly WaitingRequest[]) {
      requests = list;
      notices.refresh();
    },
    list(change: Partial<ConversationSummary>) {
      const id = lobby.last + 1;
      lobby = foldLobby(lobby, { id, at: 1, type: 'conversation.changed', ...summary(change) });
      notices.refresh();
    },
    /** A turn that took so long, and how it ended. */
    async turn(ms: number, how: ReceiptItem['outcome']) {
      outcome = how;
      this.list({ state: 'working', since: clock.now() });
      pass(ms);
      this.list({ state: 'idle' });
      await new Promise((resolve) => setImmediate(resolve));
    },
    setQuiet(hours: QuietHours) {
      quietHours = hours;
    },
  };
}

test('a request is told with its buttons; they and a click do what they say; answered elsewhere it goes', () => {
  const at = stage();
  at.wait([request]);
  expect(at.told).toEqual(['Claude needs you | Tidy up (shop): run touch a | Allow Deny']);
  at.press('allow:c:r');
  at.press('open');
  expect(at.picked).toEqual(['allow:c:r', 'conversation:c']);
  at.wait([]);
  expect(at.titles()).toEqual([]);
});

test('while somebody looks nobody is told; half a minute after they looked away they are, once', () => {
  const at = stage();
  const looksAway = at.presence.begin();
  at.wait([request]);
  at.pass(120_000);
  expect(at.told).toEqual([]);
  looksAway();
  at.pass(29_000);
  expect(at.told).toEqual([]);
  at.pass(2000);
  at.wait([request]);
  expect(at.told.length).toBe(1);
});

test('in quiet hours nobody is told; at their end what still waits is', () => {
  const at = stage();
  at.setQuiet({ from: '11:00', to: '13:00' });
  at.wait([request]);
  expect(at.told).toEqual([]);
  at.pass(3_600_000);
  expect(at.told.length).toBe(1);
});

test('work of more than a minute is told when it is done, shorter work is not', async () => {
  const at = stage();
  await at.turn(59_000, 'completed');
  expect(at.told).toEqual([]);
  await at.turn(100_000, 'completed');
  expect(at.told).toEqual(['Tidy up: done after 2 min | All is tidy. | ']);
  at.presence.begin();
  expect(at.titles()).toEqual([]);
});

test('work that broke is told however short it was, work that was stopped never', async () => {
  const at = stage();
  await at.turn(100_000, 'stopped');
  expect(at.told).toEqual([]);
  await at.turn(1000, 'failed');
  expect(at.told).toEqual(['Tidy up: the work was broken off | It broke. | ']);
});
