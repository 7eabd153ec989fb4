// A phone that stops reading while much waits for it: what it sees of that, what it has in the end, and that the daemon does not
// keep it for ever. Over TLS; the time that has to pass is passed by hand.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SocketsHere, startSocketsHere } from '../testing/sockets-here.ts';
import { until } from '../testing/until.ts';

/** More than the buffers of any kernel hold, in parts that are cut in the middle of what UTF-8 puts together. */
const count = 24;
const text = '€'.repeat(350_000);
const all = Array.from({ length: count }, (_, index) => index + 1);

let sockets: SocketsHere;

beforeEach(async () => {
  sockets = await startSocketsHere();
  await sockets.log.append(all.map(() => ({ type: 'a', text }))).durable;
});

afterEach(() => sockets.close());

/** Once the socket takes no more, so much time is over in which it took nothing. */
const untilStalled = () =>
  until('the socket to take no more', () => {
    const isFull = sockets.newest()?.writableNeedDrain === true;
    if (isFull) sockets.pass(10_000);
    return isFull;
  });

test('is let go with 4408, sees that when it reads again, and misses nothing from its cursor on', async () => {
  const { socket, events, closed } = await sockets.read(0);
  socket.pause();
  await untilStalled();
  sockets.pass(29_000);
  socket.resume();
  expect(await closed).toBe(4408);
  const last = events.at(-1)?.id ?? 0;
  expect(last).toBeLessThan(count);
  const again = await sockets.read(last);
  await until('the rest', () => again.events.at(-1)?.id === count);
  const read = [...events, ...again.events];
  expect(read.map(({ id }) => id)).toEqual(all);
  expect(read.every((event) => event['text'] === text)).toBe(true);
});

test('is cut off half a minute later when it does not read again', async () => {
  const { socket } = await sockets.read(0);
  socket.pause();
  await untilStalled();
  sockets.pass(30_000);
  await until('the socket to be gone', () => sockets.count() === 0);
});

test('is kept while it reads on, however slowly; answers wait for the end of the message that is on its way', async () => {
  const { socket, events, beats } = await sockets.read(0);
  const read = () => events.at(-1)?.id ?? 0;
  for (let id = 1; id <= count; id++) {
    socket.pause();
    await until('the socket to take no more, or to be through', () => {
      return sockets.newest()?.writableNeedDrain === true || read() === count;
    });
    socket.send(JSON.stringify({ type: 'heartbeat', ref: `${id}` }));
    sockets.pass(1000);
    socket.resume();
    await until('one event more, and the answer', () => read() >= id && beats.length === id);
  }
  expect(events.map(({ id }) => id)).toEqual(all);
  expect(beats).toEqual(all.map(String));
});
