// WebSocket frames as bytes, right ones and wrong ones (RFC 6455), each wrong one with the codes that it must be closed with.
import fc from 'fast-check';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameParts {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly isFinal?: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number;
  /** Four bytes; undefined: unmasked, which no client may send. */
  readonly mask: Buffer | undefined;
  /** Says another length than the payload has. */
  readonly said?: bigint;
}

export function frameBytes({
  opcode,
  payload,
  isFinal = true,
  reserved = 0,
  mask,
  said,
}: FrameParts): Buffer {
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = said ?? BigInt(payload.length);
  const maskBit = mask ? 0x80 : 0;
  const head = Buffer.alloc(length < 126n ? 2 : length < 65_536n ? 4 : 10);
  head[0] = first;
  head[1] = maskBit | (length < 126n ? Number(length) : length < 65_536n ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(Number(length), 2);
  if (head.length === 10) head.writeBigUInt64BE(length, 2);
  if (!mask) return Buffer.concat([head, payload]);
  const masked = Buffer.from(payload);
  for (let index = 0; index < masked.length; index++)
    masked[index] = (masked[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return Buffer.concat([head, mask, masked]);
}

/** What breaks the rules, in a socket that is between messages. */
export interface Offence {
  readonly name: string;
  readonly bytes: Buffer;
  /** One of these, and none other, must close the socket. */
  readonly codes: readonly number[];
}

export function offences(mask: Buffer): fc.Arbitrary<Offence> {
  const frame = (parts: Omit<FrameParts, 'mask'>) => frameBytes({ mask, ...parts });
  const some = Buffer.from('{}');
  const of = (name: string, codes: number | number[], ...bytes: Buffer[]): Offence => ({
    ...{ name, bytes: Buffer.concat(bytes), codes: [codes].flat() },
  });
  const control = fc.constantFrom(opcodes.close, opcodes.ping, opcodes.pong);
  const badUtf8 = ['ff', 'c0af', 'eda080', 'f4908080', 'f0808080', 'ce', '80'].map((hex) =>
    Buffer.from(hex, 'hex'),
  );
  const closing = (code: number, reason = Buffer.alloc(0)) => {
    const number = Buffer.alloc(2);
    number.writeUInt16BE(code);
    return frame({ opcode: opcodes.close, payload: Buffer.concat([number, reason]) });
  };
  return fc.oneof(
    fc
      .constantFrom(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
      .map((opcode) => of('unknown op-code', 1002, frame({ opcode, payload: some }))),
    fc
      .integer({ min: 1, max: 7 })
      .map((reserved) => of('reserved bits', 1002, frame({ opcode: 1, payload: some, reserved }))),
    fc
      .constantFrom(1, 2, 8, 9, 10)
      .map((opcode) => of('unmasked', 1002, frameBytes({ opcode, payload: some, mask: undefined }))),
    control.map((opcode) => of('fragmented control', 1002, frame({ opcode, payload: some, isFinal: false }))),
    fc
      .tuple(control, fc.integer({ min: 126, max: 70_000 }))
      .map(([opcode, length]) =>
        of('long control', 1002, frame({ opcode, payload: Buffer.alloc(length, 32) })),
      ),
    fc
      .boolean()
      .map((isFinal) => of('continuation of nothing', 1002, frame({ opcode: 0, payload: some, isFinal }))),
    fc
      .constantFrom(1, 2)
      .map((opcode) =>
        of(
          'message in a message',
          1002,
          frame({ opcode: 1, payload: some, isFinal: false }),
          frame({ opcode, payload: some }),
        ),
      ),
    fc.constantFrom(...badUtf8).map((payload) => of('bad UTF-8', 1007, frame({ opcode: 1, payload }))),
    fc
      .constantFrom(...badUtf8)
      .map((payload) =>
        of(
          'bad UTF-8 in a fragment',
          1007,
          frame({ opcode: 1, payload, isFinal: false }),
          frame({ opcode: 0, payload: some }),
        ),
      ),
    fc.constantFrom(...badUtf8).map((reason) => of('bad UTF-8 in a close', 1007, closing(1000, reason))),
    fc
      .constantFrom(0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535)
      .map((code) => of('bad close code', 1002, closing(code))),
    fc.constant(of('half a close code', 1002, frame({ opcode: 8, payload: Buffer.from([3]) }))),
    fc.constantFrom(1000, 1001, 1003, 1011, 3000, 4999).map((code) => of(`goodbye`, code, closing(code))),
    fc
      .bigInt({ min: 2n ** 20n + 1n, max: 2n ** 53n - 1n })
      .map((said) => of('too long', 1009, frame({ opcode: 1, payload: some, said }))),
    fc
      .bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })
      .map((said) => of('far too long', 1009, frame({ opcode: 1, payload: some, said }))),
    fc.constant(
      of(
        'too long in fragments',
        1009,
        frame({ opcode: 1, payload: Buffer.alloc(600_000, 32), isFinal: false }),
        frame({ opcode: 0, payload: Buffer.alloc(600_000, 32) }),
      ),
    ),
    fc
      .uint8Array({ maxLength: 2000 })
      .map((payload) => of('binary', 4400, frame({ opcode: 2, payload: Buffer.from(payload) }))),
  );
}
