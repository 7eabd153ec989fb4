// Values to D-Bus's bytes and back; whether a real bus and real panels understand them, the tray's own tests show.
import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from './message.ts';
import { marshal, typesIn, unmarshal, type Value, Variant, WireError } from './wire.ts';

test('a signature falls into its complete types', () => {
  expect(typesIn('ia{sv}a(ii)(s(yv))av')).toEqual(['i', 'a{sv}', 'a(ii)', '(s(yv))', 'av']);
});

test.each<[string, readonly Value[]]>([
  ['ybnqiuxtd', [255, true, -2, 65_535, -7, 4_294_967_295, -9n, 18_446_744_073_709_551_615n, 0.5]],
  ['sog', ['grüß dich', '/a/b', 'a{sv}']],
  [
    'a{sv}',
    [
      [
        ['one', new Variant('as', ['x', ''])],
        ['two', new Variant('(iiay)', [1, 2, Buffer.from('ab')])],
      ],
    ],
  ],
  ['a(iiay)yas', [[], 1, []]],
  ['yat', [7, [1n, 2n]]],
  ['ay', [Buffer.alloc(10_000, 3)]],
  ['u(ia{sv}av)', [3, [0, [], [new Variant('(ia{sv}av)', [1, [['label', new Variant('s', 'x')]], []])]]]],
  // A buffer that has to grow in the middle of a number must not lose it.
  ['sasi', ['x'.repeat(249), Array.from({ length: 500 }, () => 'y'), 77]],
])('%s comes back as it was', (signature, values) => {
  expect(unmarshal(signature, marshal(signature, values))).toEqual(values);
});

test('numbers lie at multiples of their size, as the specification says', () => {
  expect([...marshal('yuyt', [1, 2, 3, 4n])]).toEqual([
    ...[1, 0, 0, 0, 2, 0, 0, 0],
    ...[3, 0, 0, 0, 0, 0, 0, 0],
    ...[4, 0, 0, 0, 0, 0, 0, 0],
  ]);
});

test('a message is whole or not yet there, and what follows it is not its own', () => {
  const message = {
    type: 'call',
    ...{ serial: 9, path: '/a', interface: 'b.c', member: 'D', destination: 'e.f' },
    ...{ signature: 'su', body: ['x', 1], wantsNoReply: false },
  } as const;
  const bytes = encodeMessage(message);
  for (let cut = 0; cut < bytes.length; cut += 1)
    expect(decodeMessage(bytes.subarray(0, cut))).toBeUndefined();
  expect(decodeMessage(Buffer.concat([bytes, bytes]))).toEqual({ message, length: bytes.length });
});

test.each([
  ['a signature that ends early', () => marshal('a{s', [[]])],
  ['a type that there is not', () => marshal('z', [1])],
  ['values that are too few', () => marshal('ss', ['x'])],
  ['an array beyond the end', () => unmarshal('au', Buffer.from([255, 0, 0, 0]))],
])('%s is an error with a name', (_, act) => {
  expect(act).toThrow(WireError);
});
