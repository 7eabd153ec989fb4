// A bare connection to the daemon's door, from an address of its own where the test says so (Linux: all of 127.0.0.0/8 is
// this computer). Says what it is told, and keeps what it hears.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

export interface StrangerOptions {
  readonly port: number;
  /** Its own address; default 127.0.0.1. */
  readonly from?: string;
}

export interface Stranger {
  readonly socket: Socket;
  /** All that it was told so far. */
  readonly heard: string;
  readonly isClosed: boolean;
  /** Resolves with all that it was told when the other side is gone. */
  readonly closed: Promise<string>;
  /** Resolves when what it was told fits. Rejects when the other side is gone before. */
  hears(words: RegExp): Promise<string>;
}

/** Connected, and nothing more. */
export async function knock({ port, from = '127.0.0.1' }: StrangerOptions): Promise<Stranger> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  const stranger = listenTo(socket);
  await once(socket, 'connect');
  return stranger;
}

/** Behind the TLS handshake. */
export async function enter(options: StrangerOptions): Promise<Stranger> {
  const { socket: bare } = await knock(options);
  const socket = connectSecurely({ socket: bare, servername: 'localhost', rejectUnauthorized: false });
  const stranger = listenTo(socket);
  await once(socket, 'secureConnect');
  return stranger;
}

function listenTo(socket: Socket): Stranger {
  let heard = '';
  let isClosed = false;
  socket.on('error', () => socket.destroy());
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      resolve(heard);
    });
  });
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
  });
  return {
    socket,
    closed,
    get heard() {
      return heard;
    },
    get isClosed() {
      return isClosed;
    },
    hears: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!words.test(heard)) return;
          socket.off('data', look);
          resolve(heard);
        };
        socket.on('data', look);
        socket.once('close', () => reject(new Error(`closed after: ${heard.slice(0, 300)}`)));
        look();
      }),
  };
}
