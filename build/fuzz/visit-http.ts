// Sends one random request as bytes, a plain one behind it, and says what was not as promised: no answer of 500 and above but
// those that name what is wrong with the computer, no data for whoever has no token, no request out of another's body.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { dial, type Door } from './raw-socket.ts';
import type { RawRequest } from './requests.ts';

export interface Doors extends Door {
  readonly privatePath: string;
}

/** Nothing more comes after so many ms: either an answer is never due, or the next visit finds out. */
const quietMs = 150;
const allowed = ['disk_full', 'claude_unavailable', 'stopping'];
const open = /^(GET|HEAD) \S|^\S+ \/auth\//;

/** Rejects with what is wrong. Gives the status of the first answer; undefined when there was none. */
export async function visitHttp(doors: Doors, request: RawRequest): Promise<number | undefined> {
  const socket = request.door === 'public' ? await dial(doors) : await dialPrivate(doors.privatePath);
  const last = `GET /healthz HTTP/1.1\r\nHost: localhost:${doors.port}\r\nConnection: close\r\n\r\n`;
  socket.write(
    Buffer.concat([Buffer.from(request.head, 'latin1'), Buffer.from(request.body), Buffer.from(last)]),
  );
  const text = await read(socket);
  socket.destroy();
  return check(request, text);
}

function check({ head, door, hides, hasToken }: RawRequest, text: string): number | undefined {
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const first = statuses.find((status) => status !== 100);
  const broken = statuses.find((status) => status >= 500);
  const isNamed = allowed.some((code) => text.includes(`"code":"${code}"`));
  if (broken !== undefined && !isNamed) throw new Error(`answered with ${broken}: ${text.slice(-300)}`);
  const isLeak = first !== undefined && first >= 200 && first < 300 && door === 'public' && !hasToken;
  if (isLeak && !open.test(head) && !/^OPTIONS/.test(head)) throw new Error(`${first} without a token`);
  if (isLeak && /^\S+ \S*\/api\//i.test(head) && /"events"|"items"|"ok":true/.test(text)) {
    throw new Error(`data without a token: ${text.slice(0, 300)}`);
  }
  const oks = text.split(/\r\n\r\nok/).length - 1;
  if (hides && oks > 1 && !head.includes('/healthz'))
    throw new Error('a request was taken out of the body of another');
  return first;
}

async function dialPrivate(path: string): Promise<Duplex> {
  const socket = connect({ path });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the other side closes or falls silent; streams never end, and half a request is never answered. */
async function read(socket: Duplex): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve) => {
    let timer = setTimeout(resolve, quietMs * 20);
    const endAfter = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(resolve, ms);
    };
    const noMore = setTimeout(() => socket.end(), quietMs * 2);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      endAfter(size > 1 << 20 ? 0 : quietMs);
    });
    socket.on('close', () => {
      clearTimeout(noMore);
      endAfter(0);
    });
  });
  return Buffer.concat(chunks).toString('latin1');
}
