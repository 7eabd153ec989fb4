// One chaos run from its seed: starts the world, three clients and the bad network, kills again and again, checks the promises
// after each, lets all come to rest and checks the end. Gives figures, and the first violation in words.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDaemonClient } from '../../daemon/testing/daemon-client.ts';
import { sseReader } from '../../daemon/testing/log-readers.ts';
import { until } from '../../daemon/testing/until.ts';
import { fold } from '../../daemon/protocol/fold.ts';
import { emptyView } from '../../daemon/protocol/view.ts';
import { notAtRest, violationsAtEnd, type Witness } from './check-end.ts';
import { brokenPromises, type Journals } from './check-promises.ts';
import { openJournal, readJournal } from './journal.ts';
import { kill, type Kind, kinds } from './kills.ts';
import { fetchThrough } from './page-world.ts';
import { startPhone, type Phone, type PhoneReport } from './phones.ts';
import type { Damage } from './power-cut.ts';
import type { Programs } from './programs.ts';
import { startProxy } from './proxy.ts';
import { createRandom } from './random.ts';
import { listedOnly, readLogs } from './read-log.ts';
import { startScript } from './script-client.ts';
import { createWorld } from './world.ts';

export interface ChaosOptions {
  readonly seed: string;
  readonly kills: number;
  /** The first kills, when they are not left to chance. */
  readonly order?: readonly Kind[];
  readonly programs: Programs;
  readonly keep: 'keep' | 'remove';
  readonly progress: (line: string) => void;
}

export interface ChaosResult {
  readonly violations: readonly string[];
  /** The kill after which they were found; undefined at the end. */
  readonly atKill: number | undefined;
  readonly figures: Readonly<Record<string, number | string>>;
  readonly folder: string;
}

const restSeconds = 60;
/** So that segments end and are folded all the time. */
const smallLogs = { segmentBytes: 12_000, foldAfterMs: 100, foldAtLeast: 2, foldShare: 0 };
/** What a few events take in a journal. */
const newsBytes = 2000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, progress } = options;
  const random = createRandom(seed);
  const world = createWorld(options.programs.daemon, { logs: smallLogs });
  const done: Record<string, number> = {};
  const steps: Record<string, number> = {};
  const damage: Damage = { cut: 0, vanished: 0, undone: 0 };
  const spoiltPids = new Set<number>();
  const started = performance.now();
  await world.start();
  const epoch = readFileSync(join(world.home, 'epoch'), 'utf8');
  const proxy = await startProxy({ target: () => world.port, random: random.part('network') });
  const journals = join(world.folder, 'journals');
  mkdirSync(journals);
  const token = async (name: string): Promise<string> =>
    JSON.parse(await world.porchlight('token', 'create', '--name', name, '--json')).token;
  const common = {
    ...{ host: `localhost:${world.port}`, proxyPort: proxy.port, project: world.project },
    certificate: join(world.home, 'tls', 'cert.pem'),
  };
  const phones: Phone[] = [];
  for (const [name, way] of [
    ['socket', 'socket'],
    ['stream', 'stream'],
  ] as const) {
    const own = {
      name,
      way,
      token: await token(name),
      folder: join(world.folder, name),
      seed: `${seed}/${name}`,
    };
    phones.push(startPhone(options.programs.phone, { ...common, ...own, journal: join(journals, name) }));
  }
  const ca = readFileSync(common.certificate, 'utf8');
  const script = startScript({
    fetch: fetchThrough({ ...common, ca }),
    token: await token('script'),
    journal: openJournal(join(journals, 'script')),
    ...{ random: random.part('script'), project: world.project },
  });

  const checker = await token('checker');
  const readJournals = (): Journals =>
    Object.fromEntries(readdirSync(journals).map((name) => [name, readJournal(join(journals, name))]));
  const check = () => {
    // Journals first: what they tell was on disk before.
    const told = readJournals();
    const problems = brokenPromises(readLogs(world.home), told);
    if (readFileSync(join(world.home, 'epoch'), 'utf8') !== epoch) problems.push('the epoch is another one');
    return problems;
  };

  const readSize = () =>
    readdirSync(journals).reduce((sum, name) => sum + statSync(join(journals, name)).size, 0);
  /** On a slow computer a kill before anyone is back would be of little use. A network that lets nobody through is one, too. */
  const clientsHearOf = (before: number) =>
    until('news', () => readSize() > before + newsBytes, { seconds: 4 }).catch(() => undefined);

  async function work(): Promise<{ violations: string[]; atKill?: number }> {
    for (let number = 1; number <= options.kills; number++) {
      await clientsHearOf(readSize());
      const moment = pause(random.between(20, 600));
      // Right behind an acknowledgement is where an early one shows.
      await (random.chance(0.5) ? Promise.race([script.acknowledged(), pause(1500)]) : moment);
      const kind: Kind = options.order?.[number - 1] ?? random.weighted(kinds);
      done[kind] = (done[kind] ?? 0) + 1;
      try {
        await kill(kind, {
          ...{ world, damage, random: random.part(`kill ${number}`) },
          reached: (moment) => {
            steps[moment] = (steps[moment] ?? 0) + 1;
          },
          restartPhone: async () => random.pick(phones)?.restart(),
          spoilt: (pids) => {
            for (const pid of pids) spoiltPids.add(pid);
          },
        });
      } catch (error) {
        return { violations: [error instanceof Error ? error.message : String(error)], atKill: number };
      }
      const violations = check();
      if (violations.length > 0) return { violations, atKill: number };
      if (number % 10 === 0) progress(`${number} of ${options.kills} kills`);
    }
    return { violations: await rest() };
  }

  /** As the daemon gives them out, by log. */
  async function readSnapshots(): Promise<Map<string, unknown>> {
    const snapshots = new Map<string, unknown>();
    const url = `https://localhost:${world.port}`;
    const client = createDaemonClient({ url, token: checker, home: world.home });
    for (const log of listedOnly(readLogs(world.home)).keys())
      await sseReader.read(client, { log, after: 0, snapshot: true }, (brought) => {
        if (!('record' in brought) || brought.record.type !== 'snapshot') return false;
        snapshots.set(log, brought.record['view']);
        return true;
      });
    return snapshots;
  }

  /** Heals the network, lets the clients finish, and compares everything. */
  async function rest(): Promise<string[]> {
    proxy.heal();
    script.quiet();
    for (const phone of phones) phone.tell('quiet');
    for (const phone of phones) phone.tell('wake');
    const reports: Record<string, PhoneReport> = {};
    let under: string[] = ['nothing was looked at'];
    const look = async () => {
      reports['script'] = script.report();
      for (const phone of phones) reports[phone.name] = await phone.report();
      const logs = listedOnly(readLogs(world.home));
      under = [...logs].flatMap(([log, { events, last }]) => [
        ...(log === 'lobby'
          ? []
          : notAtRest(
              log,
              events.reduce((view, event) => fold(view, event), emptyView),
            )),
        ...Object.entries(reports).flatMap(([name, { views, lobby, waiting }]) => [
          ...((log === 'lobby' ? lobby.last : (views[log]?.last ?? 0)) === last
            ? []
            : [`${name} is behind in ${log}`]),
          ...(waiting > 0 ? [`${name} has ${waiting} messages waiting`] : []),
        ]),
      ]);
      return under.length === 0;
    };
    const isAtRest = () => until('rest', look, { seconds: restSeconds }).catch(() => false);
    const lastIds = () =>
      [...listedOnly(readLogs(world.home))].map(([log, { last }]) => `${log} ${last}`).join();
    let snapshots = new Map<string, unknown>();
    // To look is to use the daemon, of which its list may tell.
    for (let before = ''; before !== lastIds(); ) {
      if (!(await isAtRest())) break;
      before = lastIds();
      snapshots = await readSnapshots();
    }
    const problems = check();
    if (problems.length > 0) return problems;
    if (under.length > 0) return [`after ${restSeconds} s in peace: ${under.join('; ')}`];
    const [logs, told] = [listedOnly(readLogs(world.home)), readJournals()];
    return violationsAtEnd({
      ...{ logs, journals: told, reports: { ...reports, script: script.report() }, snapshots, spoiltPids },
      witness: readWitness(world.witness),
      running: world.runs(),
      known: knownRuns(world.home),
    });
  }

  try {
    const { violations, atKill } = await work();
    const told = Object.values(readJournals()).flat();
    const logs = [...readLogs(world.home).values()];
    const figures = {
      ...done,
      acked: new Set(told.flatMap((line) => (line.did === 'acked' ? [line.clientId] : []))).size,
      events: logs.reduce((sum, { last }) => sum + last, 0),
      seen: told.reduce((sum, line) => sum + (line.did === 'saw' ? line.events.length : 0), 0),
      turns: readWitness(world.witness).finished.length,
      ...steps,
      'torn tails': countTorn(world.home),
      'folded runs': logs.flatMap(({ events }) => events).filter(isFolded).length,
      ...{ 'files cut': damage.cut, 'files vanished': damage.vanished, 'renames undone': damage.undone },
      resets: told.filter((line) => line.did === 'reset').length,
      network: Object.entries(proxy.fates)
        .map(([fate, count]) => `${count} ${fate}`)
        .join(', '),
      seconds: Math.round((performance.now() - started) / 1000),
    };
    return { violations, atKill, figures, folder: world.folder };
  } finally {
    script.close();
    for (const phone of phones) await phone.close();
    await proxy.close();
    await world.close(options.keep);
  }
}

function readWitness(folder: string): Witness {
  const lines = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim().split('\n') : [];
  const finished = lines('finished').map((line) => {
    const [turnId = '', pid] = line.split(' ');
    return { turnId, pid: Number(pid) };
  });
  return { ran: lines('ran').map((line) => line.split(' ')[0] ?? ''), finished };
}

function knownRuns(home: string): Map<number, string> {
  const folder = join(home, 'runs');
  const paths = readdirSync(folder).map((runId) => join(folder, runId, 'run.json'));
  const records = paths
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')));
  return new Map(records.map(({ pid, conversationId }) => [pid, conversationId]));
}

function isFolded({ type }: { type: string }): boolean {
  return type === 'deltas.folded';
}

function countTorn(folder: string): number {
  return readdirSync(folder, { recursive: true }).filter((name) => /\.torn-\d+$/.test(String(name))).length;
}
