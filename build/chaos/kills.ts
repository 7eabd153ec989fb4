// The ways in which a chaos run ends things: the daemon alone, the daemon while it starts, all by a power cut, one claude, or
// the daemon in good order. Each leaves the daemon down or up as it says; the run goes on from there.
import { setTimeout as pause } from 'node:timers/promises';
import { cutPower, type Damage } from './power-cut.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export const kinds = { daemon: 30, power: 30, start: 12, powerAtStart: 10, claude: 8, stop: 5, phone: 5 };
export type Kind = keyof typeof kinds;

export interface Killing {
  readonly world: World;
  readonly random: Random;
  /** Ends one of the phones and starts it again. */
  readonly restartPhone: () => Promise<void>;
  /** Told of runs whose spool may be spoilt from now on. */
  readonly spoilt: (pids: readonly number[]) => void;
  readonly damage: Damage;
}

/** Does it, and has the daemon up again at the end. */
export async function kill(kind: Kind, killing: Killing): Promise<void> {
  const { world, random } = killing;
  switch (kind) {
    case 'daemon':
      await world.end('SIGKILL');
      break;
    case 'start':
      await world.end('SIGKILL');
      await startAndEnd(killing);
      break;
    case 'power':
      await powerCut(killing);
      break;
    case 'powerAtStart':
      await world.end('SIGKILL');
      await startAndEnd(killing);
      await powerCut(killing);
      break;
    case 'claude': {
      const pid = random.pick(world.runs());
      return pid === undefined ? undefined : world.killRuns([pid]);
    }
    case 'stop':
      await world.end('SIGTERM');
      break;
    case 'phone':
      return killing.restartPhone();
    default:
      return kind satisfies never;
  }
  if (random.chance(0.3)) await pause(random.between(0, 300));
  if (!(await world.start())) throw new Error('the daemon was ended by somebody else');
}

async function startAndEnd({ world, random }: Killing): Promise<void> {
  const starting = world.start();
  await Promise.race([pause(random.between(60, 900)), starting]);
  await world.end('SIGKILL');
  await starting;
}

async function powerCut({ world, random, spoilt, damage }: Killing): Promise<void> {
  await world.end('SIGKILL');
  const runs = world.runs();
  spoilt(runs);
  await world.killRuns(runs);
  const done = cutPower(world.home, world.notes, random);
  damage.cut += done.cut;
  damage.vanished += done.vanished;
  damage.undone += done.undone;
}
