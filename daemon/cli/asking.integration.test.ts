// `porchlight pair` and `porchlight confirm` on a terminal: the person is asked there, and is the equal of tray and page. The
// terminal is a memory one, the daemon is the real one.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NoAnswer, type Terminal } from '../ports/terminal.ts';
import { createDaemonClient } from '../testing/daemon-client.ts';
import { scan } from '../testing/phone.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';
import { confirm } from './confirm.ts';
import { pair, type PairOptions } from './pair.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

let printed: string[];
let person: ReturnType<typeof sitDown>;

beforeEach(() => {
  printed = [];
  person = sitDown();
});

/** Somebody at a terminal, who types lines. */
function sitDown() {
  const typed: string[] = [];
  let isClosed = false;
  let wake: () => void = () => undefined;
  const terminal: Terminal = {
    async ask() {
      while (typed.length === 0 && !isClosed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const line = typed.shift();
      if (line === undefined) throw new NoAnswer('Nobody answered.');
      return line;
    },
    close() {
      isClosed = true;
      wake();
    },
  };
  return {
    terminal,
    type(line: string) {
      typed.push(line);
      wake();
    },
  };
}

const world = () => ({
  ...{ env: {}, isTerminal: false, openTerminal: () => person.terminal },
  print: (line: string) => void printed.push(line),
});
const asked = (what: RegExp) => until(`the question ${what}`, () => printed.find((line) => what.test(line)));

/** Runs it, and a phone that scans what it shows. */
async function pairing(options: Partial<PairOptions> = {}) {
  const usual = {
    home: daemon.home,
    allow: false,
    scopes: 'read,use,approve',
    replaces: undefined,
    json: false,
  };
  const done = pair(world(), { ...usual, ...options }).then(
    () => 'paired',
    (error: Error) => error.message,
  );
  const shown = await asked(/\/p#v=1/);
  const phone = await scan(daemon.client, /https:\S+#\S+/.exec(shown)?.[0] ?? '');
  return { done, phone };
}
const phones = async () =>
  (await daemon.owner.run('device.list', {})).devices.filter(({ kind }) => kind === 'phone');

test('the terminal shows name and digits, asks, and y lets the phone in; what was typed before does not count', async () => {
  person.type('y');
  const { done, phone } = await pairing();
  await asked(/Let it in\? \[y\/N\]/);
  const digits = `${phone.digits.slice(0, 3)} ${phone.digits.slice(3)}`;
  expect(printed.find((line) => line.includes('shows'))).toBe(`“Test phone” at 127.0.0.1 shows ${digits}.`);
  expect(await phones()).toEqual([]);
  person.type('y');
  expect([await done, (await phone.settled()).state]).toEqual(['paired', 'allowed']);
});

test.each([
  ['n', 'denied'],
  ['', 'denied'],
  ['what?', 'denied'],
])('anything but a yes refuses: %j', async (line, outcome) => {
  const { done, phone } = await pairing();
  await asked(/Let it in\?/);
  person.type(line);
  expect([await done, (await phone.settled()).state]).toEqual([
    `“Test phone” was not paired (${outcome}).`,
    outcome,
  ]);
});

test('r, or --replaces, gives a phone of that name its old place', async () => {
  const [old] = await phones();
  expect(old?.label).toBe('Test phone');
  for (const [options, line, question] of [
    [{}, 'r', /r: let it take the place of “Test phone”/],
    [{ replaces: 'Test phone' }, 'y', /Let it take the place of “Test phone”\?/],
  ] as const) {
    printed = [];
    person = sitDown();
    const { done, phone } = await pairing(options);
    await asked(question);
    person.type(line);
    expect([await done, (await phone.settled()).phone.deviceId]).toEqual(['paired', old?.deviceId]);
  }
  expect(await phones()).toHaveLength(1);
  expect(await daemon.run('pair', '--replaces', 'test')).toMatchObject({
    code: 1,
    stderr: '“test” is no phone.\n',
  });
});

test('answered elsewhere, it no longer asks; and whoever leaves the terminal has answered nothing', async () => {
  const after = await daemon.owner.lobbyHead();
  const { done } = await pairing();
  await asked(/Let it in\?/);
  const requested = await daemon.client.readUntil('lobby', ({ type }) => type === 'pairing.requested', {
    after,
  });
  const pairingId = String(requested.at(-1)?.['pairingId']);
  await daemon.owner.run('pairing.answer', { pairingId, behavior: 'deny' });
  expect(await done).toBe('“Test phone” was not paired (denied).');

  for (const question of [/Let it in\?/, /Scan this/]) {
    printed = [];
    person = sitDown();
    const { done: left } = await pairing();
    await asked(question);
    person.terminal.close();
    expect(await left).toBe('Nobody answered.');
  }
  expect(await phones()).toHaveLength(1);
});

test('a name that steers the terminal cannot write the digits', async () => {
  const name = 'Phone\u001b[2K\r“Ana’s phone” shows 111 111.\nOnce\u202e';
  const { token } = await daemon.owner.run('token.create', { name, scopes: ['read', 'admin'] });
  const admin = createDaemonClient({ url: daemon.url, home: daemon.home, token });
  const refused = admin.command('token.create', { name: 'more' }).catch((error: Error) => error.message);
  await until(
    'it to wait',
    async () => (await daemon.owner.run('confirmation.list', {})).confirmations.length > 0,
  );
  for (const args of [['devices'], ['confirm']]) {
    const { stdout } = await daemon.run(...args);
    expect(stdout).toContain('Phone[U+001B][2K “Ana’s phone” shows 111 111. Once[U+202E]');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(stdout).not.toMatch(/[\u001b\r\u202e]|\n“Ana/);
  }
  const answering = confirm(world(), {
    home: daemon.home,
    request: undefined,
    behavior: undefined,
    json: false,
  });
  expect(await asked(/Let it be done\?/)).toContain(
    'wants to make the API token “more”. Let it be done? [y/N]',
  );
  person.type('');
  await answering;
  expect(await refused).toContain('not_confirmed');
  expect(printed.at(-1)).toContain('may not make the API token “more”.');
});
