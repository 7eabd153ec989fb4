import { expect, test } from 'vitest';
import { createGates } from './gates.ts';

test('who gives up waiting leaves the gate as if never there', async () => {
  const gates = createGates();
  const leaving = new AbortController();
  const staying = new AbortController();
  const order: string[] = [];
  const left = gates.pass('gate', leaving.signal).then(() => order.push('left'));
  leaving.abort();
  await left;
  const watched = gates.waiting('gate').then(() => order.push('arrived'));
  await new Promise((resolve) => setImmediate(resolve));
  order.push('coming');
  const passed = gates.pass('gate', staying.signal).then(() => order.push('passed'));
  await watched;
  gates.release('gate');
  await passed;
  expect(order).toEqual(['left', 'coming', 'arrived', 'passed']);
});

test('one release lets all go on who wait there, and nobody at another gate', async () => {
  const gates = createGates();
  const { signal } = new AbortController();
  const order: string[] = [];
  const other = gates.pass('other', signal).then(() => order.push('other'));
  const both = ['a', 'b'].map((name) => gates.pass('gate', signal).then(() => order.push(name)));
  gates.release('gate');
  await Promise.all(both);
  gates.openAll();
  await other;
  expect(order).toEqual(['a', 'b', 'other']);
});
