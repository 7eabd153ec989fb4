// A WebSocket without a library: TLS, the handshake by hand, any bytes after it. Reads the server's frames and tells what came.
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

export interface Door {
  readonly port: number;
  readonly ca: string;
}

export interface Answers {
  /** The texts of all whole messages. */
  readonly texts: string[];
  /** What came with each. */
  readonly pongs: readonly Buffer[];
  /** The code of the server's close frame; 1005 when it has none. */
  readonly code: number | undefined;
  readonly isOver: boolean;
}

export interface RawSocket {
  readonly answers: Answers;
  send(bytes: Buffer, slice: number): Promise<void>;
  /** Resolves as soon as `fits`, or the server has said goodbye or is gone; false after `seconds`. */
  wait(fits: (answers: Answers) => boolean, seconds: number): Promise<boolean>;
  destroy(): void;
}

export async function dial({ port, ca }: Door): Promise<TLSSocket> {
  // Trusted whatever it shows: among the commands that are tried are those that change the certificate.
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca, rejectUnauthorized: false });
  // A server that cuts off in the middle of what is said is one of the things to be seen; what it said before counts.
  socket.on('error', () => socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

export async function openRawSocket(door: Door): Promise<RawSocket> {
  const socket = await dial(door);
  const answers = {
    texts: [] as string[],
    pongs: [] as Buffer[],
    code: undefined as number | undefined,
    isOver: false,
  };
  let held: Buffer = Buffer.alloc(0);
  const parts: Buffer[] = [];
  let isUp = false;
  let look: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!isUp) {
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return;
      isUp = held.subarray(0, 12).toString() === 'HTTP/1.1 101';
      held = held.subarray(end + 4);
    }
    for (let frame = takeFrame(held); frame; frame = takeFrame(held)) {
      held = held.subarray(frame.size);
      if (frame.opcode <= 1) parts.push(frame.payload);
      if (frame.opcode <= 1 && frame.isFinal) answers.texts.push(Buffer.concat(parts.splice(0)).toString());
      if (frame.opcode === 10) answers.pongs.push(frame.payload);
      if (frame.opcode === 8) {
        answers.code ??= frame.payload.length < 2 ? 1005 : frame.payload.readUInt16BE(0);
        socket.end();
      }
    }
    look();
  });
  socket.on('close', () => {
    answers.isOver = true;
    look();
  });
  const wait = (fits: (answers: Answers) => boolean, seconds: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => settle(false), seconds * 1000);
      const settle = (found: boolean) => {
        clearTimeout(timer);
        look = () => undefined;
        resolve(found);
      };
      look = () => {
        if (fits(answers)) settle(true);
        else if (answers.code !== undefined || answers.isOver) settle(false);
      };
      look();
    });
  const head = [
    'GET /api/socket HTTP/1.1',
    `Host: localhost:${door.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
  ];
  const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='];
  socket.write(`${[...head, ...key].join('\r\n')}\r\n\r\n`);
  if (!(await wait(() => isUp, 20))) throw new Error('the WebSocket did not open');
  return {
    answers,
    wait,
    async send(bytes, slice) {
      // So small slices only where a frame begins; a megabyte of them says nothing new.
      const small = slice < 1000 ? 400 : bytes.length;
      for (let at = 0; at < bytes.length && !socket.destroyed; ) {
        const next = Math.min(bytes.length, at + (at < small ? slice : bytes.length));
        const isTaken = socket.write(bytes.subarray(at, next));
        at = next;
        if (!isTaken) await drained(socket);
      }
    },
    destroy: () => void socket.destroy(),
  };
}

function drained(socket: TLSSocket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off('drain', settle).off('close', settle);
      resolve();
    };
    socket.on('drain', settle).on('close', settle);
  });
}

interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly payload: Buffer;
  readonly size: number;
}

function takeFrame(held: Buffer): Frame | undefined {
  const [first, second] = held;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const at = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (held.length < at) return undefined;
  const length = short < 126 ? short : short === 126 ? held.readUInt16BE(2) : Number(held.readBigUInt64BE(2));
  if (held.length < at + length) return undefined;
  const payload = held.subarray(at, at + length);
  return { opcode: first & 15, isFinal: first > 127, payload, size: at + length };
}
