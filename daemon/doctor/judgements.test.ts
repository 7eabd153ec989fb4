// The judgements that need nothing but facts: name, clock, disk, phones, certificate.
import { expect, test } from 'vitest';
import { partsOfFix } from '../protocol/doctor.ts';
import { judgeCertificate } from './certificate-checks.ts';
import { judgeClock } from './clock-check.ts';
import { judgeDisk, judgePhones, type KnownDevice } from './home-checks.ts';
import { judgeName } from './name-check.ts';

const name = { host: 'study.local', own: ['127.0.0.1', '192.168.1.20'] };

test('a name that leads here is well; one that leads elsewhere, or nowhere, is told', () => {
  expect(judgeName({ ...name, addresses: ['192.168.1.20'], hasAvahi: true }).state).toBe('ok');
  expect(judgeName({ ...name, addresses: ['192.168.1.20'], hasAvahi: undefined }).state).toBe('ok');
  expect(judgeName({ ...name, addresses: [], hasAvahi: true })).toMatchObject({
    state: 'ok',
    sentence: expect.stringContaining('does not look such names up'),
  });
  expect(judgeName({ ...name, addresses: ['192.168.1.9'], hasAvahi: true })).toMatchObject({
    state: 'warning',
    sentence: 'study.local leads to 192.168.1.9, which is another computer.',
  });
  expect(judgeName({ ...name, addresses: [], hasAvahi: undefined }).state).toBe('warning');
  // A line in /etc/hosts is no answer for a phone.
  expect(judgeName({ ...name, addresses: ['192.168.1.20'], hasAvahi: false })).toMatchObject({
    state: 'warning',
    fix: expect.stringContaining('run: sudo apt install avahi-daemon'),
  });
});

const now = Date.parse('2026-11-21T12:00:00Z');
const hour = 3_600_000;

test('a clock before what was written, or before the certificate, is doubted', () => {
  const sound = { now, newestFile: now - hour, certificateFrom: now - 24 * hour };
  expect(judgeClock(sound, 'linux').state).toBe('ok');
  expect(judgeClock({ now, newestFile: undefined, certificateFrom: undefined }, 'linux').state).toBe('ok');
  expect(judgeClock({ ...sound, newestFile: now + 60_000 }, 'linux').state).toBe('ok');
  expect(judgeClock({ ...sound, newestFile: now + hour }, 'linux')).toMatchObject({
    state: 'warning',
    sentence: expect.stringContaining('2026-11-21 13:00 UTC'),
    fix: expect.stringContaining('run: sudo timedatectl set-ntp true'),
  });
  expect(judgeClock({ ...sound, certificateFrom: now + hour }, 'darwin')).toMatchObject({
    state: 'bad',
    fix: expect.stringContaining('System Settings'),
  });
});

const GiB = 2 ** 30;

test('a disk with room, with little, with none, and without its reserve', () => {
  const sound = { free: 40 * GiB, reserve: 16 * 2 ** 20, isRunning: true };
  expect(judgeDisk(sound)).toMatchObject({ state: 'ok', sentence: '40.0 GB are free on the disk.' });
  expect(judgeDisk({ ...sound, free: GiB / 2 })).toMatchObject({
    state: 'warning',
    fix: 'Make room on the disk.',
  });
  expect(judgeDisk({ ...sound, free: 2 ** 20 })).toMatchObject({ state: 'bad' });
  expect(judgeDisk({ ...sound, reserve: undefined }).state).toBe('warning');
  expect(judgeDisk({ ...sound, reserve: undefined, isRunning: false }).state).toBe('ok');
});

test('phones are counted, and tokens and browsers are none', () => {
  const phone: KnownDevice = { kind: 'phone', label: 'Ana’s phone', usedAt: 5, address: '192.168.1.7' };
  const old: KnownDevice = { kind: 'phone', label: 'Old', usedAt: 1 };
  const token: KnownDevice = { kind: 'token', label: 'script' };
  expect(judgePhones([token])).toMatchObject({ state: 'warning', fix: 'To pair one, run: porchlight pair' });
  expect(judgePhones([old, phone, token])).toMatchObject({
    state: 'ok',
    sentence: '2 phones are paired; “Ana’s phone” was the last here, from 192.168.1.7.',
  });
  expect(judgePhones(undefined).state).toBe('bad');
});

test('a certificate is one line, or one for each fault', () => {
  expect(judgeCertificate('selfSigned', [])).toMatchObject([{ state: 'ok' }]);
  expect(
    judgeCertificate('own', [
      { isFatal: true, sentence: 'It is over.', fix: 'Get another.' },
      { isFatal: false, sentence: 'It ends soon.', fix: 'Get another.' },
    ]),
  ).toMatchObject([{ state: 'bad' }, { state: 'warning' }]);
});

test('the command at the end of a fix is told from its words', () => {
  expect(partsOfFix('Run: chmod 700 /home/a b')).toEqual({ words: 'Run:', command: 'chmod 700 /home/a b' });
  expect(partsOfFix('Put it there, or run: porchlight certificate reset')).toEqual({
    words: 'Put it there, or run:',
    command: 'porchlight certificate reset',
  });
  expect(partsOfFix('Make room on the disk.')).toEqual({ words: 'Make room on the disk.', command: '' });
});
