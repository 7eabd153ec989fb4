// Logs are folded some time after something was said there, one at a time, and what goes wrong with one harms no other.
import { expect, test } from 'vitest';
import type { Clock, EventLog } from '../ports.ts';
import { systemClock } from '../system/clock.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { until } from '../testing/until.ts';
import { createFoldings } from './foldings.ts';

/** A clock whose time limits end when told. */
function handClock() {
  let armed: (() => void)[] = [];
  const clock: Clock = {
    ...systemClock,
    after(_ms, action) {
      armed.push(action);
      return () => {
        armed = armed.filter((one) => one !== action);
      };
    },
  };
  const pass = () => {
    const due = armed;
    armed = [];
    for (const action of due) action();
    return due.length;
  };
  return { clock, pass };
}

async function begun() {
  const { clock, pass } = handClock();
  const warnings: string[] = [];
  const logger = {
    info: () => undefined,
    warn: (message: string) => warnings.push(message),
    error: () => undefined,
  };
  const foldings = createFoldings({ clock, logger, afterMs: 1 });
  const under: string[] = [];
  const log = async (name: string, end: () => Promise<number> = async () => 0): Promise<EventLog> => ({
    ...(await createMemoryStore({ clock, epoch: '' }).open(name)),
    async fold() {
      under.push(`${name} begins`);
      await Promise.resolve();
      const bytes = await end();
      under.push(`${name} ends`);
      return bytes;
    },
  });
  return { foldings, pass, log, under, warnings };
}

test('asked many times, each log is folded once, one after the other', async () => {
  const { foldings, pass, log, under } = await begun();
  const [a, b] = [await log('a'), await log('b')];
  for (const one of [a, b, a, a, b]) foldings.ask(one);
  expect(under).toEqual([]);
  expect(pass()).toBe(1);
  await until('both', () => under.length === 4);
  expect(under).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(pass()).toBe(0);
  foldings.ask(a);
  expect(pass()).toBe(1);
  await until('a again', () => under.length === 6);
});

test('one that cannot be folded is told of, and the next one is', async () => {
  const { foldings, pass, log, under, warnings } = await begun();
  foldings.ask(await log('a', () => Promise.reject(new Error('no disk'))));
  foldings.ask(await log('b'));
  pass();
  await until('b', () => under.includes('b ends'));
  expect(warnings).toEqual(['a log could not be folded']);
});

test('nothing begins after the close', async () => {
  const { foldings, pass, log, under } = await begun();
  foldings.ask(await log('a'));
  foldings.close();
  foldings.ask(await log('b'));
  expect([pass(), under]).toEqual([0, []]);
});
