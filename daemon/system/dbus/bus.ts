// A connection to the session bus: calls, answers to calls, signals. Knows nothing of what is said on it.
// Its end, whatever the cause, is `closed`; nothing here throws out of an event handler.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decodeMessage, encodeMessage, type Message } from './message.ts';
import { type Value, WireError } from './wire.ts';

export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly Value[];
}

export interface Answer {
  readonly signature: string;
  readonly body: readonly Value[];
}

export interface Bus {
  /** Rejects with BusError: what the other side answered, or that the connection is over. */
  call(call: Call): Promise<readonly Value[]>;
  emit(signal: Omit<Call, 'destination'>): void;
  /** Answers what others call here; undefined where there is no such thing. */
  answer(answering: (message: Message) => Answer | undefined): void;
  onSignal(told: (message: Message) => void): void;
  readonly closed: Promise<void>;
  close(): void;
}

export class BusError extends Error {}

const bus = 'org.freedesktop.DBus';
export const busItself = { destination: bus, path: '/org/freedesktop/DBus', interface: bus } as const;

/** Where the session bus is: undefined where there is none, or one that is not reached by a socket. */
export function sessionBusPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = env['DBUS_SESSION_BUS_ADDRESS'];
  const runtime = env['XDG_RUNTIME_DIR'];
  if (!address) return runtime ? `${runtime}/bus` : undefined;
  const [, kind, value = ''] = /(?:^|;)unix:(?:[^;]*,)?(path|abstract)=([^,;]+)/.exec(address) ?? [];
  if (kind === undefined) return undefined;
  const name = decodeURIComponent(value);
  return kind === 'abstract' ? `\0${name}` : name;
}

/** Rejects with the system's error, or with BusError when the bus does not let us in. */
export async function connectToBus(path: string, uid: number): Promise<Bus> {
  const socket = connect(path);
  socket.unref();
  await once(socket, 'connect');
  const rest = await authenticate(socket, uid);
  const connection = speak(socket, rest);
  await connection.call({ ...busItself, member: 'Hello' });
  return connection;
}

/** https://dbus.freedesktop.org/doc/dbus-specification.html#auth-mechanisms-external */
async function authenticate(socket: Socket, uid: number): Promise<Buffer> {
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`);
  let said = Buffer.alloc(0);
  for (;;) {
    const [chunk] = await Promise.race([once(socket, 'data'), ended(socket)]);
    said = Buffer.concat([said, chunk]);
    const end = said.indexOf('\r\n');
    if (end < 0) continue;
    if (!said.toString('latin1', 0, end).startsWith('OK ')) {
      socket.destroy();
      throw new BusError('the session bus did not let us in');
    }
    socket.write('BEGIN\r\n');
    return said.subarray(end + 2);
  }
}

async function ended(socket: Socket): Promise<never> {
  await once(socket, 'close');
  throw new BusError('the session bus ended the connection');
}

function speak(socket: Socket, first: Buffer): Bus {
  const waiting = new Map<number, { resolve(body: readonly Value[]): void; reject(error: BusError): void }>();
  const listeners: ((message: Message) => void)[] = [];
  let answering: (message: Message) => Answer | undefined = () => undefined;
  let serial = 0;
  let unread = first;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const { reject } of waiting.values()) reject(new BusError('the session bus is gone'));
      waiting.clear();
      resolve();
    });
  });
  // Its close tells the same.
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, typeof chunk === 'string' ? Buffer.from(chunk) : chunk]);
    read();
  });

  function send(message: Omit<Message, 'serial'>): number {
    serial += 1;
    if (socket.writable) socket.write(encodeMessage({ ...message, serial }));
    return serial;
  }

  function read(): void {
    try {
      for (let next = decodeMessage(unread); next; next = decodeMessage(unread)) {
        unread = unread.subarray(next.length);
        receive(next.message);
      }
    } catch (error) {
      if (!(error instanceof WireError || error instanceof RangeError)) throw error;
      socket.destroy();
    }
  }

  function receive(message: Message): void {
    const { type, replySerial = 0, body } = message;
    if (type === 'signal') for (const told of listeners) told(message);
    if (type === 'call') reply(message);
    const asked = waiting.get(replySerial);
    if (!asked || (type !== 'reply' && type !== 'error')) return;
    waiting.delete(replySerial);
    if (type === 'reply') asked.resolve(body);
    else asked.reject(new BusError(`${message.errorName ?? 'an error'}: ${String(body[0] ?? '')}`));
  }

  function reply(message: Message): void {
    const answer = answering(message);
    if (message.wantsNoReply) return;
    const to = { destination: message.sender ?? '', replySerial: message.serial };
    if (answer) send({ type: 'reply', ...to, ...answer });
    else {
      const errorName = 'org.freedesktop.DBus.Error.UnknownMethod';
      send({ type: 'error', ...to, errorName, signature: 's', body: ['There is no such thing here.'] });
    }
  }

  read();
  return {
    call: ({ signature = '', body = [], ...call }) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) return reject(new BusError('the session bus is gone'));
        waiting.set(send({ type: 'call', ...call, signature, body }), { resolve, reject });
      }),
    emit: ({ signature = '', body = [], ...signal }) =>
      void send({ type: 'signal', ...signal, signature, body }),
    answer(how) {
      answering = how;
    },
    onSignal: (told) => void listeners.push(told),
    closed,
    close: () => void socket.destroy(),
  };
}
