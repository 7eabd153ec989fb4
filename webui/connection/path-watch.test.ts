import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { knock, watchPath } from './path-watch.ts';

let answer: () => Promise<Response>;
const gone = () => Promise.reject(new TypeError('Failed to fetch'));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => answer());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('tells within a second that the computer answers again, and whether it was away', async () => {
  const told: boolean[] = [];
  answer = gone;
  const stop = watchPath((wasAway) => told.push(wasAway));
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([]);

  answer = async () => new Response('ok');
  await vi.advanceTimersByTimeAsync(1000);
  expect(told[0]).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.slice(1)).not.toContain(true);
  stop();
  const { length } = told;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toHaveLength(length);
});

test('takes another page’s greeting, an error and silence for no answer', async () => {
  const told: boolean[] = [];
  const stop = watchPath((wasAway) => told.push(wasAway));
  for (const other of [
    async () => new Response('<html>Welcome to the hotel</html>'),
    async () => new Response('ok', { status: 502 }),
    () => new Promise<Response>(() => undefined),
  ]) {
    answer = other;
    await vi.advanceTimersByTimeAsync(3000);
  }
  expect(told).toEqual([]);
  stop();
});

test('asks less and less often', async () => {
  let asked = 0;
  answer = () => {
    asked += 1;
    return gone();
  };
  const stop = watchPath(() => undefined);
  await vi.advanceTimersByTimeAsync(10_000);
  const atFirst = asked;
  await vi.advanceTimersByTimeAsync(600_000);
  asked = 0;
  await vi.advanceTimersByTimeAsync(10_000);
  stop();
  expect([atFirst > 15, asked <= 4]).toEqual([true, true]);
});

test('asks on all connections at once, so that those that died unseen do not each swallow a try', async () => {
  let dead = 3;
  const asked = vi.fn(async (_url: string, { signal }: RequestInit) => {
    if (dead-- <= 0) return new Response('ok');
    return new Promise<Response>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  });
  vi.stubGlobal('fetch', asked);
  await expect(knock()).resolves.toBe(true);

  dead = 4;
  const knocking = knock(900);
  await vi.advanceTimersByTimeAsync(900);
  await expect(knocking).resolves.toBe(false);
  expect(asked).toHaveBeenCalledTimes(8);
});
