// What the log must never do: lose or mix its lines, grow without end, tell a secret, be read by others, or bring the daemon down.
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { openLogger } from './logger.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'porchlight-logger-'));

test('each entry is a line in its order, and only the owner may read them', async () => {
  const folder = newFolder();
  const path = join(folder, 'porchlight.log');
  const logger = openLogger(folder);
  for (let n = 0; n < 300; n++) logger.info(`entry ${n}`);
  const lines = () => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  await until('all lines', () => lines().length === 300);
  expect(lines().map((line) => JSON.parse(line).msg)).toEqual(
    Array.from({ length: 300 }, (_, n) => `entry ${n}`),
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

// On Linux /dev/full is a disk with no room at all.
test.skipIf(process.platform !== 'linux')(
  'a log on a full disk costs its lines and nothing else: no error comes back to be logged, no flush waits',
  async () => {
    const folder = newFolder();
    symlinkSync('/dev/full', join(folder, 'porchlight.log'));
    const errors: unknown[] = [];
    const hear = (error: unknown) => errors.push(error);
    process.on('uncaughtException', hear);
    const logger = openLogger(folder);
    for (let turn = 0; turn < 20; turn++) {
      logger.info('a line');
      await new Promise(setImmediate);
    }
    logger.flush();
    process.off('uncaughtException', hear);
    expect(errors).toEqual([]);
  },
);

const all = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');

test('it keeps to so many files of such a size, the newest lines in them, whole and in order', async () => {
  const folder = newFolder();
  const logger = openLogger(folder, { fileBytes: 4000, files: 3 });
  let last = 0;
  for (let round = 0; round < 40; round++) {
    for (let n = 0; n < 10; n++) {
      last += 1;
      logger.info('a line of some length', { n: last });
    }
    await until('it is written', () => all(folder).includes(`"n":${last},`));
  }
  logger.flush();
  const names = ['porchlight.1.log', 'porchlight.2.log', 'porchlight.log'];
  await until('the last one is begun', () => readdirSync(folder).length === 3);
  expect(readdirSync(folder).toSorted()).toEqual(names);
  const [first = '', second = '', now = ''] = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const numbers = `${second}${first}${now}`
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).n);
  expect(numbers).toEqual(numbers.map((_, n) => last - numbers.length + 1 + n));
  expect(numbers.length).toBeGreaterThan(80);
  for (const name of names) {
    const { size, mode } = statSync(join(folder, name));
    expect([size < 6000, mode & 0o777]).toEqual([true, 0o600]);
  }
});

test('a log that was large already when the daemon began goes on where it was', async () => {
  const folder = newFolder();
  const before = openLogger(folder, { fileBytes: 1e6, files: 3 });
  before.info('x'.repeat(5000));
  await until('it is written', () => all(folder).includes('xxx'));
  const logger = openLogger(folder, { fileBytes: 4000, files: 3 });
  logger.info('one more');
  await until('it was set aside', () => readdirSync(folder).includes('porchlight.1.log'));
  logger.info('afresh');
  await until('it goes on', () => /afresh/.test(readFileSync(join(folder, 'porchlight.log'), 'utf8')));
});

test('a secret is taken out, wherever a mistake has put it', async () => {
  const folder = newFolder();
  const logger = openLogger(folder);
  const token = `plt_${'S'.repeat(43)}`;
  const secret = 'S'.repeat(43);
  logger.info(`asked with ${token}`, { token: secret, inner: { authorization: secret, ticket: secret } });
  logger.warn('went wrong', {
    reason: `GET / Authorization: Bearer ${secret} of https://x/p#v=1&c=${secret}&d=AB`,
  });
  logger.error(
    'a bug',
    Object.assign(new Error(`for ${token}`), { code: 'ENOSPC', headers: { cookie: secret } }),
  );
  logger.error(
    'a bug',
    new Error('of', { cause: new Error(`-----BEGIN PRIVATE KEY-----\n${secret}\n-----END`) }),
  );
  logger.error('a bug', {
    request: { headers: { authorization: secret } },
    url: `/computer#t=${secret}&d=1`,
  });
  await until('it is written', () => all(folder).split('\n').length === 6);
  expect(all(folder)).not.toContain('SSSS');
  expect(all(folder)).toContain('"code":"ENOSPC"');
  expect(all(folder).match(/\[removed]/g)?.length).toBeGreaterThan(8);
});
