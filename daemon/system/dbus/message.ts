// One D-Bus message: its header's fields and its body, to bytes and back. Pure. Only little-endian ones are read, as every bus
// daemon passes on what its own machine's programs write.
import { marshal, unmarshal, type Value, Variant, WireError } from './wire.ts';

export const messageTypes = { call: 1, reply: 2, error: 3, signal: 4 } as const;
export type MessageType = keyof typeof messageTypes;

export interface Message {
  readonly type: MessageType;
  readonly serial: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly errorName?: string;
  readonly replySerial?: number;
  readonly destination?: string;
  readonly sender?: string;
  readonly signature: string;
  readonly body: readonly Value[];
  readonly wantsNoReply?: boolean;
}

/** Header field → its code and its type. */
const fields = {
  path: [1, 'o'],
  interface: [2, 's'],
  member: [3, 's'],
  errorName: [4, 's'],
  replySerial: [5, 'u'],
  destination: [6, 's'],
  sender: [7, 's'],
} as const;
const signatureField = 8;
const noReplyExpected = 1;
const head = 16;
/** The specification's own limit. */
const maxLength = 128 * 2 ** 20;

export function encodeMessage(message: Message): Buffer {
  const body = marshal(message.signature, message.body);
  const list: Value[] = [];
  for (const [name, [code, type]] of Object.entries(fields)) {
    const value = message[name as keyof typeof fields];
    if (value !== undefined) list.push([code, new Variant(type, value)]);
  }
  if (message.signature !== '') list.push([signatureField, new Variant('g', message.signature)]);
  const flags = message.wantsNoReply ? noReplyExpected : 0;
  const start = [0x6c, messageTypes[message.type], flags, 1, body.length, message.serial];
  const header = marshal('yyyyuua(yv)', [...start, list]);
  return Buffer.concat([header, Buffer.alloc(padding(header.length)), body]);
}

/** Undefined when the bytes do not hold a whole one yet. `length` is how many it took. */
export function decodeMessage(bytes: Buffer): { message: Message; length: number } | undefined {
  if (bytes.length < head) return undefined;
  if (bytes[0] !== 0x6c) throw new WireError('a message is not little-endian');
  const bodyLength = bytes.readUInt32LE(4);
  const headerLength = head + bytes.readUInt32LE(12);
  const bodyAt = headerLength + padding(headerLength);
  const length = bodyAt + bodyLength;
  if (length > maxLength) throw new WireError('a message is too long');
  if (bytes.length < length) return undefined;
  const [, type, flags, , , serial, list] = unmarshal('yyyyuua(yv)', bytes.subarray(0, headerLength));
  const known = new Map(entriesOf(list));
  const signature = String(known.get(signatureField) ?? '');
  const named: Record<string, Value> = {};
  for (const [name, [code]] of Object.entries(fields)) {
    const value = known.get(code);
    if (value !== undefined) named[name] = value;
  }
  const message = {
    ...named,
    type: typeOf(Number(type)),
    serial: Number(serial),
    signature,
    body: unmarshal(signature, bytes.subarray(bodyAt, length)),
    wantsNoReply: (Number(flags) & noReplyExpected) !== 0,
  };
  return { message, length };
}

function entriesOf(list: Value | undefined): [number, Value][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const [code, variant] = Array.isArray(entry) ? entry : [];
    return variant instanceof Variant ? [[Number(code), variant.value] as [number, Value]] : [];
  });
}

function typeOf(code: number): MessageType {
  for (const name of ['call', 'reply', 'error', 'signal'] as const)
    if (messageTypes[name] === code) return name;
  throw new WireError(`there is no message type ${code}`);
}

function padding(length: number): number {
  return (8 - (length % 8)) % 8;
}
