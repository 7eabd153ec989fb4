// One random visit to the WebSocket: what is sent, and by the protocol's own schema, what must come of it. Pure.
import fc from 'fast-check';
import { closeCodes } from '../../daemon/protocol/errors.ts';
import { ClientFrame } from '../../daemon/protocol/frames.ts';
import { type FrameParts, frameBytes, type Offence, offences, opcodes } from './frames.ts';
import { type Json, oddString, oddValue, textOf } from './odd-values.ts';

type Step =
  | { readonly kind: 'text'; readonly text: string; readonly fragments: number }
  | { readonly kind: 'ping' | 'pong'; readonly payload: Uint8Array };

export interface Session {
  readonly steps: readonly Step[];
  readonly offence: Offence | undefined;
  /** Bytes that go out in one write. */
  readonly slice: number;
  readonly mask: Uint8Array;
}

export interface Expected {
  /** Empty: the socket stays open. */
  readonly codes: readonly number[];
  /** `ref`s that are answered when the socket stays open. */
  readonly refs: readonly string[];
  readonly heartbeats: number;
  readonly frames: number;
}

const maxAuthBytes = 4096;

export function sessions(options: {
  token: string;
  conversationIds: readonly string[];
  /** To be deleted while something happens in them. */
  doomedIds: readonly string[];
  command: fc.Arbitrary<Json>;
}): fc.Arbitrary<Session> {
  const { token, conversationIds, doomedIds, command } = options;
  const log = fc.oneof(fc.constantFrom('lobby', ...conversationIds), oddString);
  const after = fc.oneof(fc.nat(50), fc.maxSafeInteger(), oddValue);
  const epoch = fc.option(fc.oneof(fc.constant('0'.repeat(32)), oddValue), { nil: undefined });
  const given = (fields: Record<string, Json | undefined>): Json =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([k, v]): [string, Json][] => (v === undefined ? [] : [[k, v]])),
    );
  const ref = fc.oneof(
    { weight: 20, arbitrary: fc.string({ maxLength: 64 }) },
    { weight: 1, arbitrary: oddValue },
  );
  const frame: fc.Arbitrary<Json> = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(ref, command).map(([ref, command]) => ({ type: 'command', ref, command })),
    },
    { weight: 3, arbitrary: fc.constant({ type: 'heartbeat' }) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(log, after, epoch, fc.option(fc.boolean(), { nil: undefined }))
        .map(([log, after, epoch, snapshot]) => given({ type: 'subscribe', log, after, epoch, snapshot })),
    },
    { weight: 2, arbitrary: log.map((log) => ({ type: 'unsubscribe', log })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Json>({ type: 'auth', token }, { type: 'auth', token: 'plt_no' }),
    },
    { weight: 1, arbitrary: oddValue },
  );
  const text = (value: fc.Arbitrary<Json>): fc.Arbitrary<Step> =>
    fc
      .tuple(
        value.map(textOf),
        fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 3000 })),
      )
      .map(([text, fragments]) => ({ kind: 'text', text, fragments }));
  const noJson = fc
    .constantFrom('', '{', 'nul', '{"type":"heartbeat"}}', "{'type':1}", '\ufeff{}')
    .map((text): Step => ({ kind: 'text', text, fragments: 1 }));
  const control: fc.Arbitrary<Step> = fc
    .tuple(fc.constantFrom('ping' as const, 'pong' as const), fc.uint8Array({ maxLength: 125 }))
    .map(([kind, payload]) => ({ kind, payload }));
  const step = fc.oneof(
    { weight: 80, arbitrary: text(frame) },
    { weight: 20, arbitrary: control },
    { weight: 1, arbitrary: noJson },
  );
  const signIn: fc.Arbitrary<Step[]> = fc.oneof(
    { weight: 8, arbitrary: text(fc.constant({ type: 'auth', token })).map((first) => [first]) },
    { weight: 1, arbitrary: fc.constant<Step[]>([]) },
  );
  const asked = (commands: readonly Json[]) =>
    commands.map((command, n): Step => {
      return { kind: 'text', text: textOf({ type: 'command', ref: `flood ${n}`, command }), fragments: 1 };
    });
  const flood = fc
    .tuple(command, fc.integer({ min: 17, max: 200 }))
    .map(([command, count]) => asked(Array.from({ length: count }, () => command)));
  const farewell = fc
    .tuple(fc.constantFrom(...doomedIds), fc.integer({ min: 1, max: 9 }))
    .map(([conversationId, at]) => {
      const renames = Array.from({ length: 10 }, (_, n) => {
        return { type: 'conversation.rename', conversationId, title: `${n}` };
      });
      return asked(renames.toSpliced(at, 0, { type: 'conversation.delete', conversationId, title: '' }));
    });
  const rest = fc.oneof(
    { weight: 9, arbitrary: fc.array(step, { maxLength: 60, size: 'max' }) },
    { weight: 1, arbitrary: flood },
    { weight: 1, arbitrary: farewell },
  );
  return fc.uint8Array({ minLength: 4, maxLength: 4 }).chain((mask) =>
    fc.record({
      steps: fc.tuple(signIn, rest).map((parts) => parts.flat()),
      offence: fc.option(offences(Buffer.from(mask)), { nil: undefined, freq: 3 }),
      slice: fc.constantFrom(1, 3, 1000, 1 << 24, 1 << 24, 1 << 24),
      mask: fc.constant(mask),
    }),
  );
}

/** The bytes of the whole visit but its handshake. */
export function bytesOf({ steps, offence, mask }: Session): Buffer {
  const key = Buffer.from(mask);
  const frames = steps.flatMap((step) => {
    if (step.kind !== 'text')
      return [frameBytes({ opcode: opcodes[step.kind], payload: Buffer.from(step.payload), mask: key })];
    return partsOf(step).map((part) => frameBytes({ ...part, mask: key }));
  });
  return Buffer.concat(offence ? [...frames, offence.bytes] : frames);
}

function partsOf({ text, fragments }: { text: string; fragments: number }): Omit<FrameParts, 'mask'>[] {
  const bytes = Buffer.from(text);
  const size = Math.max(1, Math.ceil(bytes.length / fragments));
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, n) => ({
    opcode: n === 0 ? opcodes.text : opcodes.continuation,
    payload: bytes.subarray(n * size, (n + 1) * size),
    isFinal: n === count - 1,
  }));
}

/** `isToken`: whether this signs in the same device. */
export function expectedOf({ steps, offence }: Session, isToken: (token: string) => boolean): Expected {
  let isIn = false;
  let frames = 0;
  let heartbeats = 0;
  const refs: string[] = [];
  const closed = (...codes: number[]): Expected => ({ codes, refs: [], heartbeats: 0, frames });
  for (const step of steps) {
    frames += step.kind === 'text' ? partsOf(step).length : 1;
    if (step.kind !== 'text') continue;
    const frame = frameOf(step.text, isIn);
    if (!frame) return closed(closeCodes.badFrame);
    if (frame.type === 'auth') {
      if (!isToken(frame.token)) return closed(closeCodes.unauthenticated);
      isIn = true;
      continue;
    }
    if (!isIn) return closed(closeCodes.unauthenticated);
    if (frame.type === 'command') refs.push(frame.ref);
    if (frame.type === 'heartbeat') heartbeats += 1;
  }
  return offence ? closed(...offence.codes) : { codes: [], refs, heartbeats, frames };
}

function frameOf(text: string, isIn: boolean): ClientFrame | undefined {
  // What is sent is UTF-8: half of a pair arrives as U+FFFD.
  const arrived = Buffer.from(text).toString();
  if (!isIn && arrived.length > maxAuthBytes) return undefined;
  if (Buffer.byteLength(arrived) > 1 << 20) return undefined;
  try {
    return ClientFrame.safeParse(JSON.parse(arrived)).data;
  } catch {
    return undefined;
  }
}
