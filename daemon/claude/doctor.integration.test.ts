// When `claude` is missing or not logged in the daemon runs all the same, says what to do, and heals by itself.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claudePath } from '../testing/claude-environment.ts';
import { startTestDaemon } from '../testing/test-daemon.ts';

test('a claude that is missing is named with the command that installs it; once there, what waited is answered', async () => {
  const daemon = await startTestDaemon({ claude: 'bin/claude' });
  try {
    const checked = await daemon.client.readUntil('lobby', (event) => event.type === 'claude.checked');
    expect(checked.at(-1)?.['health']).toMatchObject({
      state: 'missing',
      fix: 'npm install -g @anthropic-ai/claude-code',
    });

    const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
    await daemon.client.command('message.send', {
      conversationId,
      clientId: 'hello',
      text: '[[text At last.]]',
    });
    const noticed = await daemon.client.readUntil(conversationId, (event) => event.type === 'notice.raised');
    expect(noticed.at(-1)?.['text']).toContain('npm install -g @anthropic-ai/claude-code');

    mkdirSync(join(daemon.folder, 'bin'));
    symlinkSync(claudePath, join(daemon.folder, 'bin', 'claude'));
    const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'turn.finished');
    expect(events.find((event) => event.type === 'text.finished')?.['text']).toBe('At last.');
  } finally {
    await daemon.close();
  }
});

test('a claude that is not logged in is said so, with the command', async () => {
  const daemon = await startTestDaemon({ env: { ANTHROPIC_API_KEY: '' } });
  try {
    const checked = await daemon.client.readUntil('lobby', (event) => event.type === 'claude.checked');
    expect(checked.at(-1)?.['health']).toMatchObject({
      state: 'loggedOut',
      fix: expect.stringContaining('auth login'),
    });
  } finally {
    await daemon.close();
  }
});
