// `porchlight doctor` as a table of contents: everything that Porchlight needs of this computer, looked at one by one. Works with
// and without a running daemon; changes nothing.
import { type Config, isLocalOnly } from '../config.ts';
import type { Clock, RunCommand } from '../ports.ts';
import type { Check } from '../protocol/doctor.ts';
import type { ClaudeHealth } from '../protocol/lobby.ts';
import { allAddresses, lanInterfaces, ownNames } from '../system/network.ts';
import { bareAddress } from '../system/private-names.ts';
import { createSessionBus } from '../system/dbus/session-bus.ts';
import { createTrayPlaces } from '../system/dbus/tray-places.ts';
import { trayObstacle } from '../system/tray-host.ts';
import { checkCertificate } from './certificate-checks.ts';
import { claudeHere } from './claude-here.ts';
import { judgeClock, lookAtTimes } from './clock-check.ts';
import { judgeFirewall, lookForFirewalls } from './firewall-check.ts';
import {
  checkHome,
  judgeDisk,
  judgePhones,
  type KnownDevice,
  lookAtDisk,
  readDevices,
} from './home-checks.ts';
import { judgeName, lookForName } from './name-check.ts';
import { judgeAnswers, judgeNetwork, knock } from './network-check.ts';

/** The computer and its person. */
export interface DoctorWorld {
  readonly home: string;
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly personHome: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly uid: number | undefined;
  readonly run: RunCommand;
  readonly clock: Clock;
}

/** What a daemon knows that runs. */
export interface RunningFacts {
  readonly pid: number;
  readonly port: number;
  readonly devices: readonly KnownDevice[];
  readonly checkClaude: () => Promise<ClaudeHealth>;
}

export async function examine(
  world: DoctorWorld,
  running: RunningFacts | undefined,
): Promise<readonly Check[]> {
  const { home, config, platform, run, clock, uid } = world;
  const port = running?.port ?? config.port;
  const devices = running?.devices ?? (await readDevices(home));
  const interfaces = isLocalOnly(config.host) ? [] : lanInterfaces();
  const own = allAddresses().map(bareAddress);
  const lan = interfaces.filter(({ isVirtual }) => !isVirtual).map(({ address }) => address);
  const looks: Record<string, () => Promise<readonly Check[]>> = {
    Porchlight: async () => [judgeRunning(home, running)],
    Claude: async () => [claudeCheck(await (running?.checkClaude ?? (() => claudeHere(world)))())],
    Network: async () => [
      judgeNetwork({ host: config.host, isLocalOnly: isLocalOnly(config.host), interfaces: lanInterfaces() }),
    ],
    Port: async () => (running && lan.length > 0 ? [judgeAnswers(await knockAt(lan, port))] : []),
    Firewall: async () => {
      if (isLocalOnly(config.host)) return [];
      const seen = await lookForFirewalls({ platform, port, run });
      return [judgeFirewall({ seen, port, visitor: visitorOf(devices ?? [], own) })];
    },
    Name: async () =>
      isLocalOnly(config.host)
        ? []
        : [judgeName(await lookForName({ host: ownNames()[1] ?? 'localhost', own, platform, clock }))],
    Certificate: () =>
      checkCertificate({ home, configured: config.certificate, lanAddresses: lan, now: clock.now() }),
    Clock: async () => [judgeClock({ now: clock.now(), ...(await lookAtTimes(home)) }, platform)],
    Folder: async () => [await checkHome(home, uid)],
    Disk: async () => [judgeDisk(await lookAtDisk(home, running !== undefined))],
    Tray: async () => [await checkTray(world)],
    Phones: async () => [judgePhones(devices)],
  };
  const found = await Promise.all(Object.entries(looks).map(([name, look]) => look().catch(unseen(name))));
  return found.flat();
}

/** For a daemon. Whoever asks while it is looked gets the same answer. */
export function createExamine(
  world: DoctorWorld,
  running: () => RunningFacts,
): () => Promise<readonly Check[]> {
  let looking: Promise<readonly Check[]> | undefined;
  return () => {
    looking ??= examine(world, running()).finally(() => {
      looking = undefined;
    });
    return looking;
  };
}

/** One look that fails must not take the others' answers away. */
function unseen(name: string): (error: unknown) => readonly Check[] {
  return (error) => [
    {
      ...{ name, state: 'warning', fix: 'Mend what it says, then look again.' },
      sentence: `This could not be looked at: ${error instanceof Error ? error.message : String(error)}.`,
    },
  ];
}

function judgeRunning(home: string, running: RunningFacts | undefined): Check {
  const name = 'Porchlight';
  if (running) return { name, state: 'ok', sentence: `It is running (process ${running.pid}).`, fix: '' };
  return {
    ...{ name, state: 'bad', sentence: `It is not running for ${home}, so no phone can come in.` },
    fix: 'To start it, run: porchlight start',
  };
}

function claudeCheck({ state, sentence, fix, path }: ClaudeHealth): Check {
  const isReady = state === 'ready';
  return {
    ...{ name: 'Claude', state: isReady ? 'ok' : 'bad' },
    sentence: isReady ? `${sentence} It is logged in, at ${path}.` : sentence,
    fix: fix === '' ? '' : `Run: ${fix}`,
  };
}

async function knockAt(addresses: readonly string[], port: number) {
  return Promise.all(
    addresses.map(async (address) => ({ address, port, trouble: await knock(address, port) })),
  );
}

function visitorOf(devices: readonly KnownDevice[], own: readonly string[]): string | undefined {
  return devices.find(
    ({ kind, address }) => kind === 'phone' && address !== undefined && !own.includes(address),
  )?.address;
}

async function checkTray({ config, platform, arch, env, uid = 0, clock }: DoctorWorld): Promise<Check> {
  const name = 'Tray';
  if (config.tray === 'off')
    return { name, state: 'ok', sentence: 'The tray icon is switched off.', fix: '' };
  const sessionBus = createSessionBus({ env, uid });
  const places = createTrayPlaces(sessionBus);
  const obstacle = await trayObstacle({ platform, arch, env, places, clock, panelSeconds: 0 });
  sessionBus.close();
  if (obstacle === undefined)
    return { name, state: 'ok', sentence: 'This desktop shows tray icons.', fix: '' };
  const [sentence = '', ...more] = obstacle.sentence.split(/(?<=\.) /);
  const fix =
    more.join(' ') ||
    'The browser and the terminal show the same; "tray": "off" in config.json ends this line.';
  return { name, state: 'warning', sentence, fix };
}
