// Places for runs: the limit, the order of those who wait, and who makes room.
import { expect, test } from 'vitest';
import { createRunPlaces, type Holder, type Place } from './run-places.ts';

/** A run that gives up its place when it is idle, as a conversation's would. */
function run(name: string, order: string[]) {
  const own = { isBusy: false, place: undefined as Place | undefined };
  const holder: Holder = {
    giveUp() {
      if (own.isBusy) return undefined;
      order.push(`${name} left`);
      return Promise.resolve();
    },
  };
  return { own, holder };
}

const never = new AbortController().signal;
const waitsNot = () => expect.unreachable('waited');

/** Lets every promise that can settle do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('gives places up to the limit at once', async () => {
  const places = createRunPlaces(() => 2);
  const order: string[] = [];
  await places.take(run('a', order).holder, { waits: waitsNot, signal: never });
  await places.take(run('b', order).holder, { waits: waitsNot, signal: never });
  expect(order).toEqual([]);
});

test('the idle run that was used longest ago makes room', async () => {
  const places = createRunPlaces(() => 2);
  const order: string[] = [];
  const [a, b, c] = [run('a', order), run('b', order), run('c', order)];
  const first = await places.take(a.holder, { waits: waitsNot, signal: never });
  await places.take(b.holder, { waits: waitsNot, signal: never });
  first.touch();
  await places.take(c.holder, { waits: () => order.push('c waits'), signal: never });
  expect(order).toEqual(['c waits', 'b left']);
});

test('when the one that was used longest ago is busy, the next is asked', async () => {
  const places = createRunPlaces(() => 2);
  const order: string[] = [];
  const [a, b] = [run('a', order), run('b', order)];
  a.own.isBusy = true;
  await places.take(a.holder, { waits: waitsNot, signal: never });
  await places.take(b.holder, { waits: waitsNot, signal: never });
  await places.take(run('c', order).holder, { waits: () => order.push('c waits'), signal: never });
  expect(order).toEqual(['c waits', 'b left']);
});

test('busy runs are let work; who waits comes in by turns when they end', async () => {
  const places = createRunPlaces(() => 1);
  const order: string[] = [];
  const a = run('a', order);
  a.own.isBusy = true;
  const first = await places.take(a.holder, { waits: waitsNot, signal: never });
  const second = run('b', order);
  second.own.isBusy = true;
  const b = places.take(second.holder, { waits: () => {}, signal: never });
  const c = places.take(run('c', order).holder, { waits: () => {}, signal: never });
  void b.then((place) => {
    order.push('b in');
    place.free();
  });
  void c.then(() => order.push('c in'));
  await settled();
  expect(order).toEqual([]);
  first.free();
  await settled();
  expect(order).toEqual(['b in', 'c in']);
});

test('after a turn a run is asked to leave only when others wait', async () => {
  const places = createRunPlaces(() => 1);
  const order: string[] = [];
  const a = run('a', order);
  const place = await places.take(a.holder, { waits: waitsNot, signal: never });
  place.offer();
  await settled();
  expect(order).toEqual([]);
  a.own.isBusy = true;
  const waiting = places.take(run('b', order).holder, { waits: () => {}, signal: never });
  await settled();
  a.own.isBusy = false;
  place.offer();
  await waiting;
  expect(order).toEqual(['a left']);
});

test('who no longer wants a place leaves the line', async () => {
  const places = createRunPlaces(() => 1);
  const order: string[] = [];
  const a = run('a', order);
  a.own.isBusy = true;
  const place = await places.take(a.holder, { waits: waitsNot, signal: never });
  const leaving = new AbortController();
  const gone = places.take(run('b', order).holder, { waits: () => {}, signal: leaving.signal });
  const next = places.take(run('c', order).holder, { waits: () => {}, signal: never });
  leaving.abort(new Error('deleted'));
  await expect(gone).rejects.toThrow('deleted');
  place.free();
  await expect(next).resolves.toBeDefined();
});

test('runs that were up before count, even beyond the limit', async () => {
  const places = createRunPlaces(() => 1);
  const order: string[] = [];
  const [a, b] = [run('a', order), run('b', order)];
  a.own.isBusy = true;
  b.own.isBusy = true;
  const first = places.occupy(a.holder);
  const second = places.occupy(b.holder);
  const next = places.take(run('c', order).holder, { waits: () => order.push('c waits'), signal: never });
  first.free();
  await settled();
  expect(order).toEqual(['c waits']);
  second.free();
  await expect(next).resolves.toBeDefined();
});
