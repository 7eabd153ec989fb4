// One socket with a message of 100 MB, one with a million fragments of one byte: both are closed at once, at no cost.
import type { Row } from '../bench/row.ts';
import { frameBytes } from '../fuzz/frames.ts';
import { openRawSocket } from '../fuzz/raw-socket.ts';
import { startWorld, type World } from './world.ts';

const mask = Buffer.from([1, 2, 3, 4]);

export async function hostileFrames(): Promise<Row[]> {
  const world = await startWorld();
  try {
    const huge = frameBytes({ opcode: 1, payload: Buffer.alloc(100_000_000, 120), mask });
    const part = Buffer.from('x');
    const first = frameBytes({ opcode: 1, payload: part, isFinal: false, mask });
    const next = frameBytes({ opcode: 0, payload: part, isFinal: false, mask });
    const tiny = Buffer.concat([first, ...Array.from({ length: 1_000_000 }, () => next)]);
    return [
      await closing(world, { what: 'a message of 100 MB', bytes: huge, code: 1009 }),
      await closing(world, { what: 'a million fragments of a byte', bytes: tiny, code: 1009 }),
    ];
  } finally {
    await world.daemon.close();
  }
}

async function closing(
  world: World,
  { what, bytes, code }: { what: string; bytes: Buffer; code: number },
): Promise<Row> {
  const { url, ca, token } = world.daemon.client;
  const socket = await openRawSocket({ port: Number(new URL(url).port), ca });
  const auth = Buffer.from(JSON.stringify({ type: 'auth', token }));
  await socket.send(frameBytes({ opcode: 1, payload: auth, mask }), auth.length);
  await socket.wait(({ texts }) => texts.length > 0, 10);
  const before = world.rssMb();
  const began = performance.now();
  void socket.send(bytes, bytes.length);
  await socket.wait((answers) => answers.code !== undefined, 30);
  const ms = performance.now() - began;
  const grown = world.rssMb() - before;
  socket.destroy();
  const found = socket.answers.code;
  const value = `${found ?? 'no code'} after ${ms.toFixed(0)} ms, RSS ${grown >= 0 ? '+' : ''}${grown.toFixed(0)} MB`;
  return { what, value, budget: `${code} within 1 s`, isWithin: found === code && ms <= 1000 };
}
