// Every command of the built program, once right and once wrong. A command without an entry fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { commandsOf, examples } from './program/examples.ts';
import { createProgram } from './program.ts';

interface Entry {
  /** Undefined where a test of its own does it, which this names. */
  readonly right: { readonly args?: readonly string[]; readonly says: RegExp } | string;
  readonly wrong: { readonly args: readonly string[]; readonly code: number; readonly says: RegExp };
}

const folder = mkdtempSync(join(tmpdir(), 'porchlight-every-'));
const nowhere = join(folder, 'nowhere');
const unknownOption = { args: ['--fly'], code: 2, says: /unknown option '--fly'/ };
const notRunning = { args: ['--home', nowhere], code: 7, says: /not running.*porchlight (serve|start)/ };
const life = 'life/life.integration.test.ts';

const entries: Readonly<Record<string, Entry>> = {
  start: { right: life, wrong: { args: ['--port', 'many'], code: 2, says: /0 to 65535/ } },
  stop: { right: life, wrong: { args: ['--home', nowhere], code: 7, says: /not running/ } },
  restart: { right: life, wrong: unknownOption },
  setup: { right: life, wrong: unknownOption },
  service: { right: { args: ['--help'], says: /install/ }, wrong: { args: ['fly'], code: 2, says: /fly/ } },
  'service install': { right: life, wrong: unknownOption },
  'service remove': { right: life, wrong: unknownOption },
  'service status': { right: { args: ['--json'], says: /"installed"/ }, wrong: unknownOption },
  upgrade: { right: life, wrong: unknownOption },
  uninstall: { right: life, wrong: unknownOption },
  serve: {
    right: 'all that start a daemon',
    wrong: { args: ['--tray', 'maybe'], code: 2, says: /auto, off/ },
  },
  qr: { right: { says: /[█▀▄]{10}/ }, wrong: { args: ['--scopes', 'fly'], code: 2, says: /"fly"/ } },
  open: {
    right: { args: ['/pair', '--json'], says: /"page":"file:.*\.html"/ },
    wrong: { args: ['pair'], code: 2, says: /A place is a path/ },
  },
  pair: { right: { args: ['--json'], says: /"expiresAt":\d+/ }, wrong: notRunning },
  devices: { right: { says: /API token/ }, wrong: notRunning },
  'devices rename': {
    right: { args: ['test', 'tester'], says: /is called “tester” now/ },
    wrong: { args: ['nobody', 'x'], code: 1, says: /no device “nobody”/ },
  },
  'devices revoke': {
    right: { args: ['tester'], says: /shut out/ },
    wrong: { args: ['nobody'], code: 1, says: /porchlight devices/ },
  },
  confirm: {
    right: { args: ['--json'], says: /"confirmations":\[\]/ },
    wrong: { args: ['4e', '--allow'], code: 1, says: /\S/ },
  },
  token: { right: { args: ['--help'], says: /create/ }, wrong: { args: ['fly'], code: 2, says: /fly/ } },
  'token create': {
    right: { args: ['--name', 'x', '--json'], says: /"token":"plt_/ },
    wrong: { args: [], code: 2, says: /--name/ },
  },
  status: { right: { says: /is running \(process \d+\)[\s\S]*Certificate/ }, wrong: notRunning },
  tunnel: {
    right: { args: ['--json'], says: /"remote":null/ },
    wrong: { args: ['--via', 'fly'], code: 2, says: /ngrok/ },
  },
  doctor: { right: 'doctor.spec.ts', wrong: unknownOption },
  certificate: { right: { says: /SHA-256/ }, wrong: notRunning },
  'certificate trust': { right: 'certificate-levels.integration.test.ts', wrong: notRunning },
  'certificate own': { right: 'own-certificate.integration.test.ts', wrong: notRunning },
  'certificate reset': { right: 'certificate-levels.integration.test.ts', wrong: notRunning },
  config: { right: { says: /maxRuns +8 +\(default\)/ }, wrong: unknownOption },
  'config get': {
    right: { args: ['maxRuns'], says: /^8$/m },
    wrong: { args: ['fly'], code: 2, says: /maxRuns/ },
  },
  'config set': {
    right: { args: ['maxRuns', '3'], says: /maxRuns is 3 now/ },
    wrong: { args: ['maxRuns', 'many'], code: 2, says: /a whole number from 1/ },
  },
  'config unset': {
    right: { args: ['maxRuns'], says: /maxRuns is 8 now/ },
    wrong: { args: ['fly'], code: 2, says: /no setting “fly”.*maxRuns/ },
  },
  logs: {
    right: { args: ['--since', '1h'], says: /info {2}ready/ },
    wrong: { args: ['--since', 'soon'], code: 2, says: /10m/ },
  },
  export: {
    right: { args: ['--json'], says: /"conversations":\[\]/ },
    wrong: { args: ['nothing'], code: 1, says: /porchlight export/ },
  },
  backup: {
    right: { args: [join(folder, 'b.tar.gz')], says: /as secret as the home/ },
    wrong: { args: [join(folder, 'b.tar.gz')], code: 1, says: /is there already/ },
  },
  restore: {
    right: {
      args: [join(folder, 'b.tar.gz'), '--home', join(folder, 'restored')],
      says: /porchlight start --home/,
    },
    wrong: { args: [join(folder, 'b.tar.gz')], code: 4, says: /porchlight stop/ },
  },
  version: { right: { says: /Porchlight \d.*\nNode\.js \d.*\nClaude Code \d/ }, wrong: unknownOption },
  completions: {
    right: { args: ['fish'], says: /complete -c porchlight/ },
    wrong: { args: ['tcsh'], code: 2, says: /bash, zsh, fish/ },
  },
};

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(async () => {
  await daemon.close();
  rmSync(folder, { recursive: true });
});

const nothing = () => undefined;
const world = {
  ...{ env: {}, personHome: '/home/ana', version: '0.0.0', commit: '', nodeVersion: '20.0.0' },
  ...{ print: nothing, printError: nothing, isTerminal: false, draw: nothing, openTerminal: undefined },
  ...{ machine: { platform: process.platform, arch: process.arch, uid: 0 }, node: '', program: '' },
  ...{ isPrivate: true, holdSignals: () => nothing, serve: async () => undefined },
};
const known = commandsOf(createProgram(world)).map(({ path }) => path);

test('each command has an entry here and an example in its help', () => {
  expect(Object.keys(entries).toSorted()).toEqual(known.toSorted());
  expect(Object.keys(examples).toSorted()).toEqual(known.toSorted());
});

test.each(Object.entries(entries))('%s', async (path, { right, wrong }) => {
  if (typeof right !== 'string') {
    const done = await run(path, right.args ?? []);
    expect([done.code, done.stderr, done.stdout]).toEqual([0, '', expect.stringMatching(right.says)]);
  }
  const refused = await run(path, wrong.args);
  expect([refused.code, refused.stderr]).toEqual([wrong.code, expect.stringMatching(wrong.says)]);
});

/** Against the daemon's home, unless it says another or takes none. */
function run(path: string, args: readonly string[]) {
  const takesNone = ['completions', 'service', 'token'].includes(path) || args.includes('--home');
  return daemon.runAnywhere(...path.split(' '), ...args, ...(takesNone ? [] : ['--home', daemon.home]));
}
