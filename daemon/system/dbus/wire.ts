// D-Bus's wire format: values to bytes and back, little-endian, by signature. Pure. Written out here because the packages that
// do it bring an XML parser and more, or want a newer Node than Porchlight does, and this is all that is needed of them.
// Source: https://dbus.freedesktop.org/doc/dbus-specification.html (Marshaling).

/** A value that carries its own signature. */
export class Variant {
  readonly signature: string;
  readonly value: Value;
  constructor(signature: string, value: Value) {
    this.signature = signature;
    this.value = value;
  }
}

/** Structs and entries of dictionaries are lists of their fields; `ay` is bytes. */
export type Value = number | bigint | boolean | string | Uint8Array | Variant | readonly Value[];

export class WireError extends Error {}

const alignments: Readonly<Record<string, number>> = {
  ...{ y: 1, g: 1, v: 1, n: 2, q: 2, i: 4, u: 4, b: 4, s: 4, o: 4, a: 4, h: 4, x: 8, t: 8, d: 8 },
  ...{ '(': 8, '{': 8 },
};
const closers: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** The complete types that a signature is made of: `ia{sv}s` is `i`, `a{sv}`, `s`. */
export function typesIn(signature: string): readonly string[] {
  const types: string[] = [];
  for (let start = 0; start < signature.length; ) {
    const end = endOfType(signature, start);
    types.push(signature.slice(start, end));
    start = end;
  }
  return types;
}

function endOfType(signature: string, start: number): number {
  const sign = signature[start] ?? '';
  if (sign === 'a') return endOfType(signature, start + 1);
  const closer = closers[sign];
  if (closer === undefined) {
    if (!(sign in alignments)) throw new WireError(`“${signature}” is no signature`);
    return start + 1;
  }
  let at = start + 1;
  while (signature[at] !== closer) at = endOfType(signature, at);
  return at + 1;
}

export function marshal(signature: string, values: readonly Value[]): Buffer {
  const writer = new Writer();
  const types = typesIn(signature);
  if (types.length !== values.length) throw new WireError(`“${signature}” has not ${values.length} values`);
  for (const [index, type] of types.entries()) writer.write(type, values[index] ?? 0);
  return writer.bytes();
}

export function unmarshal(signature: string, bytes: Buffer): readonly Value[] {
  const reader = new Reader(bytes);
  return typesIn(signature).map((type) => reader.read(type));
}

class Writer {
  #buffer = Buffer.alloc(256);
  #length = 0;

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  write(type: string, value: Value): void {
    const sign = type[0] ?? '';
    const alignment = alignments[sign] ?? 1;
    this.#align(alignment);
    switch (sign) {
      case 's':
      case 'o':
      case 'g':
        return this.#text(sign, String(value));
      case 'v':
        if (!(value instanceof Variant)) throw new WireError('a variant is wanted');
        this.#text('g', value.signature);
        return this.write(value.signature, value.value);
      case 'a':
        return this.#array(type.slice(1), value);
      case '(':
      case '{':
        return this.#fields(typesIn(type.slice(1, -1)), value);
      default:
        return this.#number(sign, value);
    }
  }

  #number(sign: string, value: Value): void {
    // The buffer may be another one after this.
    const at = this.#take(alignments[sign] ?? 1);
    const buffer = this.#buffer;
    const number = Number(value);
    const long = typeof value === 'bigint' ? value : BigInt(Math.trunc(number));
    if (sign === 'y') buffer.writeUInt8(number, at);
    else if (sign === 'n') buffer.writeInt16LE(number, at);
    else if (sign === 'q') buffer.writeUInt16LE(number, at);
    else if (sign === 'i') buffer.writeInt32LE(number, at);
    else if (sign === 'x') buffer.writeBigInt64LE(long, at);
    else if (sign === 't') buffer.writeBigUInt64LE(long, at);
    else if (sign === 'd') buffer.writeDoubleLE(number, at);
    else buffer.writeUInt32LE(number, at);
  }

  #text(sign: string, text: string): void {
    const bytes = Buffer.from(`${text}\0`, 'utf8');
    this.#number(sign === 'g' ? 'y' : 'u', bytes.length - 1);
    const at = this.#take(bytes.length);
    bytes.copy(this.#buffer, at);
  }

  #array(type: string, value: Value): void {
    const lengthAt = this.#take(4);
    this.#align(alignments[type[0] ?? ''] ?? 1);
    const start = this.#length;
    if (value instanceof Uint8Array) {
      const at = this.#take(value.length);
      this.#buffer.set(value, at);
    } else for (const each of listOf(value)) this.write(type, each);
    this.#buffer.writeUInt32LE(this.#length - start, lengthAt);
  }

  #fields(types: readonly string[], value: Value): void {
    const fields = listOf(value);
    for (const [index, type] of types.entries()) this.write(type, fields[index] ?? 0);
  }

  #align(to: number): void {
    this.#take((to - (this.#length % to)) % to);
  }

  /** Room for so many bytes, zeros; where it begins. */
  #take(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.alloc(2 * this.#length);
      this.#buffer.copy(larger);
      this.#buffer = larger;
    }
    return at;
  }
}

function listOf(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new WireError('a list is wanted');
  return value;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(type: string): Value {
    const sign = type[0] ?? '';
    this.#align(alignments[sign] ?? 1);
    switch (sign) {
      case 'y':
        return this.#bytes.readUInt8(this.#take(1));
      case 'n':
        return this.#bytes.readInt16LE(this.#take(2));
      case 'q':
        return this.#bytes.readUInt16LE(this.#take(2));
      case 'i':
        return this.#bytes.readInt32LE(this.#take(4));
      case 'u':
      case 'h':
        return this.#bytes.readUInt32LE(this.#take(4));
      case 'b':
        return this.#bytes.readUInt32LE(this.#take(4)) !== 0;
      case 'x':
        return this.#bytes.readBigInt64LE(this.#take(8));
      case 't':
        return this.#bytes.readBigUInt64LE(this.#take(8));
      case 'd':
        return this.#bytes.readDoubleLE(this.#take(8));
      case 's':
      case 'o':
        return this.#text(this.#bytes.readUInt32LE(this.#take(4)));
      case 'g':
        return this.#text(this.#bytes.readUInt8(this.#take(1)));
      case 'v': {
        const signature = this.#text(this.#bytes.readUInt8(this.#take(1)));
        return new Variant(signature, this.read(signature));
      }
      case 'a':
        return this.#array(type.slice(1));
      default:
        return typesIn(type.slice(1, -1)).map((each) => this.read(each));
    }
  }

  #text(length: number): string {
    const at = this.#take(length + 1);
    return this.#bytes.toString('utf8', at, at + length);
  }

  #array(type: string): Value {
    const length = this.#bytes.readUInt32LE(this.#take(4));
    this.#align(alignments[type[0] ?? ''] ?? 1);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new WireError('an array goes beyond the message');
    if (type === 'y') return this.#bytes.subarray(this.#take(length), end);
    const values: Value[] = [];
    while (this.#at < end) values.push(this.read(type));
    return values;
  }

  #align(to: number): void {
    this.#take((to - (this.#at % to)) % to);
  }

  #take(count: number): number {
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
