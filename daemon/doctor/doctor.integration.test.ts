// `porchlight doctor` against the real daemon, and without one.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Check } from '../protocol/doctor.ts';
import { startTestDaemon } from '../testing/test-daemon.ts';

function checksOf(stdout: string): Record<string, Check> {
  const { checks } = JSON.parse(stdout);
  return Object.fromEntries(
    checks.map((one: unknown) => Check.parse(one)).map((one: Check) => [one.name, one]),
  );
}

test('a missing claude and files that others may read are told with what mends them, running or not', async () => {
  const daemon = await startTestDaemon({ claude: 'bin/claude' });
  try {
    const copy = join(daemon.home, 'copy.json');
    writeFileSync(copy, '{}');
    chmodSync(copy, 0o644);
    const found = await daemon.run('doctor', '--json');
    expect(found.code).toBe(1);
    expect(found.stderr).toContain('2 things have to be mended.');
    expect(checksOf(found.stdout)).toMatchObject({
      Porchlight: { state: 'ok', sentence: `It is running (process ${daemon.pid}).` },
      Claude: { state: 'bad', fix: 'Run: npm install -g @anthropic-ai/claude-code' },
      Folder: {
        state: 'bad',
        sentence: `${copy} can be read or changed by other users of this computer.`,
        fix: `To take that from them, run: chmod -R go= ${daemon.home}`,
      },
      Network: { state: 'warning' },
      Certificate: { state: 'ok' },
      Clock: { state: 'ok' },
      Phones: { state: 'warning' },
    });
    const byToken = await daemon.client.command('doctor.run', {});
    expect(byToken.checks.map(({ name }) => name)).toEqual(Object.keys(checksOf(found.stdout)));

    await daemon.stop();
    const alone = await daemon.run('doctor');
    expect(alone.code).toBe(1);
    expect(alone.stdout).toContain(`✗ Porchlight   It is not running for ${daemon.home}`);
    expect(alone.stdout).toContain('→ To start it, run: porchlight start');
    expect(alone.stdout).toContain('chmod -R go=');
  } finally {
    await daemon.close();
  }
});

test('with claude there and all in order it ends with 0; without a home it makes none', async () => {
  const daemon = await startTestDaemon();
  try {
    const found = await daemon.run('doctor', '--json');
    expect(checksOf(found.stdout)).toMatchObject({ Claude: { state: 'ok' }, Folder: { state: 'ok' } });
    expect(found.code).toBe(0);
    const nowhere = join(daemon.folder, 'nowhere');
    const before = await daemon.runAnywhere('doctor', '--json', '--home', nowhere);
    expect(checksOf(before.stdout)).toMatchObject({ Porchlight: { state: 'bad' }, Folder: { state: 'ok' } });
    expect(existsSync(nowhere)).toBe(false);
  } finally {
    await daemon.close();
  }
});
