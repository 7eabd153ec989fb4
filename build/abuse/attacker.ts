// A process of its own that attacks: as many connections as it is told, opened again when they are closed, until its standard
// input ends; then it says what became of them. Told everything by one JSON argument.
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { attacks, peace } from './attacks.ts';

export interface Order {
  readonly attack: string;
  readonly port: number;
  /** Its own addresses, in turn. */
  readonly from: readonly string[];
  readonly connections: number;
  /** Opened, at most. */
  readonly perSecond: number;
  /** A large file of the page. */
  readonly asset: string;
}

export interface Told {
  readonly opened: number;
  /** Open at the same time. */
  readonly most: number;
  readonly open: number;
  /** What the daemon said last to those that it closed; `nothing` to those it told nothing. */
  readonly endings: Readonly<Record<string, number>>;
}

const stepMs = 50;

const order: Order = JSON.parse(process.argv[2] ?? '{}');
const found = [peace, ...attacks].find(({ name }) => name === order.attack);
if (!found) throw new Error(`no attack of that name: ${order.attack}`);
const attack = found;
const host = `localhost:${order.port}`;
const first = attack.first(host, order.asset);
const sockets = new Set<Socket>();
const endings: Record<string, number> = {};
let opened = 0;
let most = 0;

function open(): void {
  const localAddress = order.from[opened % order.from.length] ?? '127.0.0.1';
  opened += 1;
  const bare = connect({ port: order.port, host: '127.0.0.1', localAddress });
  bare.on('error', () => bare.destroy());
  const socket = attack.isSecured
    ? connectSecurely({ socket: bare, servername: 'localhost', rejectUnauthorized: false })
    : bare;
  sockets.add(bare);
  most = Math.max(most, sockets.size);
  let heard = '';
  socket.on('error', () => socket.destroy());
  if (attack.reads) {
    socket.on('data', (chunk: Buffer) => {
      heard = (heard + chunk.toString('latin1')).slice(-2000);
    });
  }
  socket.once(attack.isSecured ? 'secureConnect' : 'connect', () => {
    if (first !== '') socket.write(first);
    if (attack.everySecond === '') return;
    const saying = setInterval(() => socket.writable && socket.write(attack.everySecond), 1000);
    socket.once('close', () => clearInterval(saying));
  });
  bare.once('close', () => {
    sockets.delete(bare);
    const ending = [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].at(-1)?.[1] ?? 'nothing';
    endings[ending] = (endings[ending] ?? 0) + 1;
  });
}

const opening = setInterval(() => {
  const missing = order.connections - sockets.size;
  for (let n = 0; n < Math.min(missing, (order.perSecond * stepMs) / 1000); n++) open();
}, stepMs);
process.stdin.on('end', () => {
  clearInterval(opening);
  const told: Told = { opened, most, open: sockets.size, endings };
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit(0));
});
process.stdin.resume();
