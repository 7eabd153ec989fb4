// Event streams with POST as a transport: what is asked for, what the messages become, and how a stream ends.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeBrowser, type FakeRequest, fakeBrowser } from '../../daemon/testing/fake-browser.ts';
import { openStreams } from './stream.ts';
import type { Transport } from './transport.ts';

const log = '0190a5b2-7f3c-7d11-8a2e-1c2d3e4f5a6b';
let browser: FakeBrowser;
let heard: unknown[];
let transport: Transport;

beforeEach(() => {
  browser = fakeBrowser();
  heard = [];
  transport = openStreams('token', {
    onReady: () => undefined,
    onRecord: (record, epoch) => heard.push({ record, epoch }),
    onGone: (gone) => heard.push({ gone }),
    onHeard: () => undefined,
    onAnswer: () => heard.push('answer'),
    onEnd: (ending) => heard.push({ ending }),
  });
});
afterEach(() => browser.remove());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const request = (index: number): FakeRequest => browser.requests[index] ?? missing();
const withoutAnswers = () => heard.filter((each) => each !== 'answer');

it('asks for each log behind its cursor, and gives events with the epoch of their ids', async () => {
  transport.subscribe(log, { after: 4, epoch: 'e', snapshot: true });
  const { url, headers } = request(0);
  expect(`${url.pathname}${url.search}`).toBe(`/api/logs/${log}/events?after=4&epoch=e&snapshot=1`);
  expect(headers.get('authorization')).toBe('Bearer token');
  request(0).stream()('id: e.5\ndata: {"id":5,"at":0,"type":"x"}\n\n');
  await pass(0);
  const record = { type: 'events', log, events: [{ id: 5, at: 0, type: 'x' }] };
  expect(withoutAnswers()).toEqual([{ record, epoch: 'e' }]);
});

it('to be asked, a stream is opened anew at its cursor; what the old one still brings does not count', async () => {
  transport.subscribe(log, { after: 0 });
  const old = request(0).stream();
  old(':hb\n\n');
  await pass(0);
  heard.length = 0;
  transport.probe(() => ({ after: 7 }));
  expect([request(0).isAborted, request(1).url.searchParams.get('after')]).toEqual([true, '7']);
  await pass(0);
  expect(heard).toEqual([]);
  request(1).stream()(':hb\n\n');
  await pass(0);
  expect(heard).toEqual(['answer']);
});

it.each([
  ['401', (to: FakeRequest) => to.answer(401, {}), { ending: 'unauthenticated' }],
  ['404', (to: FakeRequest) => to.answer(404, {}), { gone: log }],
  ['500', (to: FakeRequest) => to.answer(500, {}), { ending: 'silent' }],
  ['no answer', (to: FakeRequest) => to.fail(), { ending: 'silent' }],
])('after %s it knows what it means', async (_what, act, told) => {
  transport.subscribe(log, { after: 0 });
  act(request(0));
  await pass(0);
  expect(heard).toEqual([told]);
});

it('a request that gets no answer for 10 s is over', async () => {
  transport.subscribe(log, { after: 0 });
  await pass(10_000);
  expect(withoutAnswers()).toEqual([{ ending: 'silent' }]);
});

it('a stream that is silent for 35 s is over; one that says something every 15 s is not', async () => {
  transport.subscribe(log, { after: 0 });
  const say = request(0).stream();
  for (let beat = 0; beat < 4; beat++) {
    say(':hb\n\n');
    await pass(15_000);
  }
  expect(withoutAnswers()).toEqual([]);
  await pass(20_000);
  expect(withoutAnswers()).toEqual([{ ending: 'silent' }]);
});

it('with a renewed token the streams go on at their cursors before the old one ends, and nobody notices', async () => {
  transport.subscribe(log, { after: 0 });
  request(0).stream();
  transport.renew('newer', () => ({ after: 7, epoch: 'e' }));
  await pass(0);
  expect(request(0).isAborted).toBe(true);
  expect(request(1).headers.get('authorization')).toBe('Bearer newer');
  expect(request(1).url.search).toBe('?after=7&epoch=e');
  expect(withoutAnswers()).toEqual([]);
});

it('is over once it was closed: its requests are taken back and nothing is passed on', async () => {
  transport.subscribe(log, { after: 0 });
  transport.close();
  await pass(60_000);
  expect([request(0).isAborted, heard]).toEqual([true, []]);
});

function missing(): never {
  throw new Error('there is none');
}
