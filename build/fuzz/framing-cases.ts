// The list of WebSocket cases that implementations are held against (numbered as in Autobahn's test suite: 1 to 7, 9 and 10), in
// our words: a message that comes through is a heartbeat, which the daemon answers with the same `ref`. Pure.
import { type FrameParts, frameBytes, opcodes } from './frames.ts';
import { badUtf8, goodUtf8 } from './utf8-cases.ts';

export interface FramingCase {
  readonly name: string;
  readonly bytes: Buffer;
  /** Bytes that go out in one write; all at once where there is none. */
  readonly slice?: number;
  /** `ref`s that come back, in this order. */
  readonly refs: readonly string[];
  /** Payloads of the pongs. */
  readonly pongs: readonly Buffer[];
  /** What the daemon closes with; undefined: the socket stays open. */
  readonly code: number | undefined;
}

const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const frame = (parts: Omit<FrameParts, 'mask'>) => frameBytes({ mask, ...parts });
const { text, binary, continuation, close, ping, pong } = opcodes;
const none = Buffer.alloc(0);
const badFrame = 4400;

/** A heartbeat of so many bytes. */
function beat(ref: string | Buffer, size = 0): Buffer {
  const json = Buffer.concat([
    Buffer.from('{"type":"heartbeat","ref":"'),
    Buffer.from(ref),
    Buffer.from('"}'),
  ]);
  return Buffer.concat([json, Buffer.alloc(Math.max(0, size - json.length), ' ')]);
}

const say = (payload: Buffer) => frame({ opcode: text, payload });

function inParts(payload: Buffer, size: number, between: Buffer = none): Buffer {
  const count = Math.max(1, Math.ceil(payload.length / size));
  const parts = Array.from({ length: count }, (_, n) => {
    const part = payload.subarray(n * size, (n + 1) * size);
    const isFinal = n === count - 1;
    return [
      frame({ opcode: n === 0 ? text : continuation, payload: part, isFinal }),
      isFinal ? none : between,
    ];
  });
  return Buffer.concat(parts.flat());
}

function goodbye(code: number, reason: Buffer = none): Buffer {
  const number = Buffer.alloc(2);
  number.writeUInt16BE(code);
  return frame({ opcode: close, payload: Buffer.concat([number, reason]) });
}

type Outcome = Partial<Pick<FramingCase, 'refs' | 'pongs' | 'code' | 'slice'>>;

const a = (name: string, bytes: Buffer | Buffer[], outcome: Outcome): FramingCase => ({
  ...{ name, bytes: Array.isArray(bytes) ? Buffer.concat(bytes) : bytes },
  ...{ refs: [], pongs: [], code: undefined, ...outcome },
});
/** As one write, frame by frame as the kernel likes, and byte by byte. */
const sliced = (name: string, bytes: Buffer | Buffer[], outcome: Outcome): FramingCase[] =>
  [undefined, 7, 1].map((slice) =>
    slice === undefined
      ? a(name, bytes, outcome)
      : a(`${name}, ${slice} bytes at a time`, bytes, { ...outcome, slice }),
  );

const sizes = [125, 126, 127, 128, 65_535, 65_536];
const some = Buffer.from('some');

const messages: FramingCase[] = [
  a('1.1.1 an empty text', say(none), { code: badFrame }),
  ...sizes.map((size, n) => a(`1.1.${n + 2} a text of ${size} bytes`, say(beat('x', size)), { refs: ['x'] })),
  a('1.1.8 a text of 65,536 bytes in small writes', say(beat('x', 65_536)), { refs: ['x'], slice: 997 }),
  ...[0, ...sizes].map((size, n) =>
    a(
      `1.2.${n + 1} a binary of ${size} bytes`,
      frame({ opcode: binary, payload: Buffer.alloc(size, 0xfe) }),
      {
        code: badFrame,
      },
    ),
  ),
];

const pinged = (payload: Buffer) => frame({ opcode: ping, payload });
const ten = Array.from({ length: 10 }, (_, n) => Buffer.from(`ping ${n}`));
const pings: FramingCase[] = [
  a('2.1 a ping of nothing', pinged(none), { pongs: [none] }),
  a('2.2 a ping with words', pinged(Buffer.from('Hello')), { pongs: [Buffer.from('Hello')] }),
  a('2.3 a ping with bytes', pinged(Buffer.from('00fffefdfcfb00ff', 'hex')), {
    pongs: [Buffer.from('00fffefdfcfb00ff', 'hex')],
  }),
  ...sliced('2.4, 2.6 a ping of 125', pinged(Buffer.alloc(125, 0xfe)), { pongs: [Buffer.alloc(125, 0xfe)] }),
  a('2.5 a ping of 126', pinged(Buffer.alloc(126, 0xfe)), { code: 1002 }),
  a('2.7 a pong of nothing, unasked', frame({ opcode: pong, payload: none }), {}),
  a('2.8 a pong with words, unasked', frame({ opcode: pong, payload: some }), {}),
  a('2.9 a pong, then a ping', [frame({ opcode: pong, payload: some }), pinged(some)], { pongs: [some] }),
  ...sliced('2.10, 2.11 ten pings', ten.map(pinged), { pongs: ten }),
];

const reserved: FramingCase[] = [1, 2, 3, 4, 5, 6, 7].flatMap((bits) =>
  [text, binary, ping, close].map((opcode) =>
    a(
      `3.${bits} reserved bits ${bits} with op-code ${opcode}`,
      [say(beat('before')), frame({ opcode, payload: some, reserved: bits }), say(beat('behind'))],
      { refs: ['before'], code: 1002 },
    ),
  ),
);

const unknown: FramingCase[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode) => [
  a(`4 op-code ${opcode}, empty`, frame({ opcode, payload: none }), { code: 1002 }),
  a(
    `4 op-code ${opcode} behind a message`,
    [say(beat('x')), frame({ opcode, payload: some }), pinged(none)],
    {
      ...{ refs: ['x'], code: 1002 },
    },
  ),
]);

const begun = frame({ opcode: text, payload: beat('x').subarray(0, 9), isFinal: false });
const ended = frame({ opcode: continuation, payload: beat('x').subarray(9) });
const stray = (isFinal: boolean) => frame({ opcode: continuation, payload: some, isFinal });
const fragments: FramingCase[] = [
  a('5.1 a ping in two', frame({ opcode: ping, payload: some, isFinal: false }), { code: 1002 }),
  a('5.2 a pong in two', frame({ opcode: pong, payload: some, isFinal: false }), { code: 1002 }),
  ...sliced('5.3 to 5.5 a text in two', [begun, ended], { refs: ['x'] }),
  ...sliced('5.6 to 5.8 a ping inside', [begun, pinged(some), ended], { refs: ['x'], pongs: [some] }),
  ...sliced('5.9 to 5.11 the end of nothing', [stray(true), say(beat('x'))], { code: 1002 }),
  ...sliced('5.12 to 5.14 the middle of nothing', [stray(false), say(beat('x'))], { code: 1002 }),
  a('5.15 more behind the end', [begun, ended, stray(false), say(beat('y'))], { refs: ['x'], code: 1002 }),
  a('5.16 nothing begun, twice', [stray(false), begun, ended], { code: 1002 }),
  a('5.17 nothing begun, ended', [stray(true), begun, ended], { code: 1002 }),
  a('5.18 a text inside a text', [begun, say(beat('y'))], { code: 1002 }),
  ...sliced('5.19, 5.20 pings between five parts', inParts(beat('x'), 7, pinged(some)), {
    ...{ refs: ['x'], pongs: Array.from({ length: Math.ceil(beat('x').length / 7) - 1 }, () => some) },
  }),
];

const utf8: FramingCase[] = [
  a(
    '6.1.2 three empty parts',
    [
      ...[text, 0].map((opcode) => frame({ opcode, payload: none, isFinal: false })),
      frame({ opcode: 0, payload: none }),
    ],
    {
      code: badFrame,
    },
  ),
  a(
    '6.1.3 words between empty parts',
    [
      frame({ opcode: text, payload: none, isFinal: false }),
      frame({ opcode: 0, payload: beat('x'), isFinal: false }),
      frame({ opcode: 0, payload: none }),
    ],
    {
      refs: ['x'],
    },
  ),
  a('6.7.1 a zero byte is UTF-8, if no JSON', say(beat(Buffer.from([0]))), { code: badFrame }),
  ...Object.entries(goodUtf8).flatMap(([name, all]) =>
    all.flatMap((bytes) => {
      const message = beat(bytes);
      const refs = [bytes.toString()];
      return [
        a(`${name} ${bytes.toString('hex')}`, say(message), { refs }),
        a(`${name} ${bytes.toString('hex')} in parts of a byte`, inParts(message, 1), { refs }),
      ];
    }),
  ),
  ...Object.entries(badUtf8).flatMap(([name, all]) =>
    all.flatMap((bytes) => {
      const short = bytes.toString('hex').slice(0, 24);
      return [
        a(`${name} ${short}`, say(beat(bytes)), { code: 1007 }),
        a(`${name} ${short} in parts of a byte`, inParts(beat(bytes), 1), { code: 1007 }),
      ];
    }),
  ),
];

const closing: FramingCase[] = [
  a('7.1.1 a message, then goodbye', [say(beat('x')), goodbye(1000)], { refs: ['x'], code: 1000 }),
  a('7.1.2 goodbye twice', [goodbye(1000), goodbye(1000)], { code: 1000 }),
  a('7.1.3 a ping behind goodbye', [goodbye(1000), pinged(some)], { code: 1000 }),
  a('7.1.4 a message behind goodbye', [goodbye(1000), say(beat('x'))], { code: 1000 }),
  a('7.1.5 goodbye inside a message', [begun, goodbye(1000), ended], { code: 1000 }),
  a('7.1.6 goodbye behind a long message', [say(beat('x', 262_144)), goodbye(1000), pinged(some)], {
    ...{ refs: ['x'], code: 1000 },
  }),
  a('7.3.1 goodbye without a code', frame({ opcode: close, payload: none }), { code: 1005 }),
  a('7.3.2 half a code', frame({ opcode: close, payload: Buffer.from([3]) }), { code: 1002 }),
  a('7.3.4 a reason', goodbye(1000, Buffer.from('Hello')), { code: 1000 }),
  a('7.3.5 a reason of 123', goodbye(1000, Buffer.alloc(123, '*')), { code: 1000 }),
  a('7.3.6 a reason of 124', goodbye(1000, Buffer.alloc(124, '*')), { code: 1002 }),
  a('7.5.1 a reason that is no UTF-8', goodbye(1000, Buffer.from('ceba eda080'.replace(' ', ''), 'hex')), {
    code: 1007,
  }),
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map((code) =>
    a(`7.7 goodbye with ${code}`, goodbye(code), { code }),
  ),
  ...[0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535].map((code) =>
    a(`7.9, 7.13 goodbye with ${code}, which is none`, goodbye(code), { code: 1002 }),
  ),
];

const most = 2 ** 20;
const large: FramingCase[] = [
  ...[65_536, 262_144, most].map((size) => a(`9.1 a text of ${size}`, say(beat('x', size)), { refs: ['x'] })),
  ...[most + 1, 4 * most].map((size) => a(`9.1 a text of ${size}`, say(beat('x', size)), { code: 1009 })),
  ...[256, 4096, 65_536].map((part) =>
    a(`9.3 a text of ${most} in parts of ${part}`, inParts(beat('x', most), part), { refs: ['x'] }),
  ),
  a('9.3 a text of a byte too many in parts of 4,096', inParts(beat('x', most + 1), 4096), { code: 1009 }),
  a('9.3 a text in a hundred thousand parts', inParts(beat('x', 100_000), 1), { code: 1009 }),
  ...[64, 512, 2048].map((slice) =>
    a(`9.5 a text of ${most / 16} in writes of ${slice}`, say(beat('x', most / 16)), { refs: ['x'], slice }),
  ),
  ...[16, 64, 256, 1024].map((size) => {
    const refs = Array.from({ length: 1000 }, (_, n) => `${n}`);
    return a(
      `9.7 a thousand texts of ${size} and more`,
      refs.map((ref) => say(beat(ref, size))),
      { refs },
    );
  }),
  a('10.1.1 a text of 65,536 in parts of 1,300', inParts(beat('x', 65_536), 1300), { refs: ['x'] }),
];

export const framingCases: readonly FramingCase[] = [
  ...[messages, pings, reserved, unknown, fragments, utf8, closing, large].flat(),
];
