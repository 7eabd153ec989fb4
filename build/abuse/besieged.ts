// One attack, and what somebody who is signed in notices of it: on the socket that was open before, and on new connections.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Row } from '../bench/row.ts';
import { startNeighbour } from '../fuzz/neighbour.ts';
import { createHistogram, type Histogram } from '../load/histogram.ts';
import type { World } from '../load/world.ts';
import type { Order, Told } from './attacker.ts';

const runner = fileURLToPath(new URL('../run.mjs', import.meta.url));
const program = fileURLToPath(new URL('./attacker.ts', import.meta.url));
const mostMs = 500;
/** A new connection of the paired client, so often. */
const everyMs = 50;

export async function besieged(
  world: World,
  { seconds, ...order }: Omit<Order, 'port' | 'asset'> & { seconds: number },
): Promise<Row[]> {
  const { daemon } = world;
  const port = Number(new URL(daemon.url).port);
  const { body } = await daemon.client.fetch('/');
  const asset = /src="([^"]+\.js)"/.exec(body)?.[1] ?? '/';
  const before = await world.settledMb();
  const attacker = attack({ ...order, port, asset });
  const neighbour = await startNeighbour({ daemon, port });
  const fresh = createHistogram();
  let failed = 0;
  let peak = before;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const began = performance.now();
    failed += await isServed(world).then((isWell) => (isWell ? 0 : 1));
    fresh.add(performance.now() - began);
    peak = Math.max(peak, world.rssMb());
    await pause(Math.max(0, everyMs - (performance.now() - began)));
  }
  const unserved = await neighbour.stop().then(
    () => undefined,
    (error: Error) => error.message,
  );
  const { opened, most, open, endings } = await attacker.stop();
  const live = createHistogram();
  for (const ms of neighbour.waits) live.add(ms);
  const ends = Object.entries(endings).map(([what, times]) => `${times} × ${what}`);
  const where = order.from.includes('127.0.0.1') ? 'own address' : 'elsewhere';
  const name = `${order.attack}, ${where}`;
  return [
    {
      what: `${name}: socket`,
      value: `${times(live)}${unserved === undefined ? '' : `, ${unserved}`}`,
      budget: `p99 ≤ ${mostMs} ms`,
      isWithin: unserved === undefined && live.at(0.99) <= mostMs,
    },
    {
      what: `${name}: new connections`,
      value: `${times(fresh)}, ${failed} of ${fresh.count} failed`,
      budget: `p99 ≤ ${mostMs} ms, 0`,
      isWithin: failed === 0 && fresh.at(0.99) <= mostMs,
    },
    {
      what: `${name}: attackers`,
      value: `${opened} came, ${most} at once, ${open} at the end; ended: ${ends.join(', ') || 'none'}`,
      budget: '',
      isWithin: true,
    },
    {
      what: `${name}: RSS`,
      value: `${before.toFixed(0)} MB before, ${peak.toFixed(0)} at most, ${(await world.settledMb()).toFixed(0)} after`,
      budget: '',
      isWithin: true,
    },
  ];
}

const times = (histogram: Histogram) => `p50 ${histogram.at(0.5)} · p99 ${histogram.at(0.99)} ms`;

async function isServed({ daemon }: World): Promise<boolean> {
  const headers = { connection: 'close' };
  try {
    return (await daemon.client.fetch('/api/logs/lobby/events?after=0', { headers })).status === 200;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function attack(order: Order): { stop(): Promise<Told> } {
  const child = spawn(process.execPath, [runner, program, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  return {
    async stop() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
      return JSON.parse(await said);
    },
  };
}
