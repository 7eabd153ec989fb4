// The ways in which a chaos run ends things: the daemon alone, the daemon while it starts, or in the midst of a step on its files,
// all by a power cut, one claude, or the daemon in good order. Each leaves the daemon down or up as it says; the run goes on from there.
import { setTimeout as pause } from 'node:timers/promises';
import { moments } from './moments.mjs';
import { cutPower, type Damage } from './power-cut.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export const kinds = {
  ...{ daemon: 18, power: 18, step: 12, powerAtStep: 16, start: 10, powerAtStart: 8 },
  ...{ claude: 8, stop: 5, phone: 5 },
};
export type Kind = keyof typeof kinds;

export interface Killing {
  readonly world: World;
  readonly random: Random;
  /** Ends one of the phones and starts it again. */
  readonly restartPhone: () => Promise<void>;
  /** Told of runs whose spool may be spoilt from now on. */
  readonly spoilt: (pids: readonly number[]) => void;
  readonly damage: Damage;
  /** Told of a moment at which the daemon ended. */
  readonly reached: (moment: string) => void;
}

/** Waiting for a moment that does not come, ms. */
const patienceMs = 2000;

/** Does it, and has the daemon up again at the end. */
export async function kill(kind: Kind, killing: Killing): Promise<void> {
  const { world, random } = killing;
  switch (kind) {
    case 'daemon':
      await world.end('SIGKILL');
      break;
    case 'step':
      await endInStep(killing);
      break;
    case 'powerAtStep':
      await endInStep(killing);
      await powerCut(killing);
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

/** At a moment that comes by itself, or some time later anyhow. */
async function endInStep({ world, random, reached }: Killing): Promise<void> {
  const moment = random.pick(Object.keys(moments)) ?? '';
  if (await world.endAt(moment, patienceMs)) reached(moment);
  else await world.end('SIGKILL');
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
