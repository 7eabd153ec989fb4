// What goes out of one WebSocket: message after message, each in fragments, and never more than the socket takes. What a slow
// phone has not taken waits with whoever wants to send it, as a share of what all send; a phone that takes nothing is stalled.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../ports.ts';

/** One text message as the frames of its fragments (RFC 6455, 5.2); may go to any number of sockets. */
export type Message = readonly Buffer[];

/** With its head as much as one record of TLS holds. Of what a phone stops to take, only so much is encrypted for it alone. */
const fragmentBytes = 16 * 1024 - 4;
const final = 0x80;
const [continuation, text] = [0, 1];

export function messageOf(json: string): Message {
  const bytes = Buffer.from(json);
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += fragmentBytes) {
    const fragment = bytes.subarray(at, at + fragmentBytes);
    const isLast = at + fragmentBytes >= bytes.length;
    const head = [(at === 0 ? text : continuation) | (isLast ? final : 0), ...lengthOf(fragment)];
    // Not from the common pool, where a small message that waits would hold all that lies beside it.
    const frame = Buffer.allocUnsafeSlow(head.length + fragment.length);
    frame.set(head);
    frame.set(fragment, head.length);
    frames.push(frame);
  }
  return frames;
}

function lengthOf({ length }: Buffer): readonly number[] {
  return length < 126 ? [length] : [126, length >> 8, length & 0xff];
}

export interface Outlet {
  /** Messages go out one behind the other. Resolves when there is room for the next, or nobody to send it to. */
  send(message: Message): Promise<void>;
  /** Something waits until the socket takes more. */
  isFull(): boolean;
}

/**
 * `socket` carries `ws`, which without compression keeps nothing back: what is written beside it comes in order, and a frame that
 * is made once for all costs less. `stalled` is called when nothing went out for `stallMs` although something waits.
 */
export function createOutlet(options: {
  ws: WebSocket;
  socket: Duplex;
  clock: Clock;
  stallMs: number;
  stalled: () => void;
}): Outlet {
  const { ws, socket, clock, stallMs, stalled } = options;
  let line: Promise<void> | undefined;

  function write(message: Message, from: number): Promise<void> | undefined {
    for (let index = from; index < message.length; index += 1) {
      const frame = message[index];
      // Whoever closes the socket has had the last word, be it in the middle of a message.
      if (!frame || ws.readyState !== ws.OPEN) return undefined;
      socket.write(frame);
      if (socket.writableNeedDrain) return drained().then(() => write(message, index + 1));
    }
    return undefined;
  }

  function drained(): Promise<void> {
    return new Promise((resolve) => {
      let waiting = socket.writableLength;
      let cancel = clock.after(stallMs, watch);
      function watch(): void {
        if (socket.writableLength >= waiting) return stalled();
        waiting = socket.writableLength;
        cancel = clock.after(stallMs, watch);
      }
      const settle = () => {
        cancel();
        socket.off('drain', settle).off('close', settle);
        resolve();
      };
      socket.on('drain', settle).on('close', settle);
    });
  }

  return {
    isFull: () => line !== undefined,
    send(message) {
      const sent = line ? line.then(() => write(message, 0)) : write(message, 0);
      if (!sent) return atOnce;
      const own = sent.finally(() => {
        if (line === own) line = undefined;
      });
      line = own;
      return own;
    },
  };
}

const atOnce = Promise.resolve();
