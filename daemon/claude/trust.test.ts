// A folder counts as trusted only if the person said so in Claude Code itself.
import { expect, test } from 'vitest';
import type { Folders } from '../ports.ts';
import { claudeFlags } from './flags.ts';
import { isTrusted } from './trust.ts';

const computer = (config: string | undefined): Folders => ({
  resolve: async () => undefined,
  list: async () => [],
  read: async (path) => (path === '/home/ana/.claude.json' ? config : undefined),
  isExecutable: async () => false,
});
const trusted = (config: string | undefined, cwd: string) =>
  isTrusted({ folders: computer(config), cwd, home: '/home/ana', env: {} });

test('trust is read from the CLI’s own settings, and covers what lies inside the folder', async () => {
  const config = JSON.stringify({
    projects: { '/home/ana/app': { hasTrustDialogAccepted: true }, '/home/ana/other': {} },
  });
  expect(await trusted(config, '/home/ana/app')).toBe(true);
  expect(await trusted(config, '/home/ana/app/packages/web')).toBe(true);
  expect(await trusted(config, '/home/ana/application')).toBe(false);
  expect(await trusted(config, '/home/ana/other')).toBe(false);
});

test('in doubt there is no trust', async () => {
  for (const config of [undefined, '', '{', 'null', '[]', '{"projects":null}', '{"projects":{"/a":true}}']) {
    expect(await trusted(config, '/a')).toBe(false);
  }
});

test('a folder that is not trusted brings no settings, hooks or MCP servers of its own', () => {
  const options = {
    sessionId: 's',
    resume: false,
    branch: null,
    mode: 'default',
    model: null,
    effort: null,
    mayBypass: false,
    uploadsFolder: '/uploads',
  } as const;
  expect(claudeFlags({ ...options, trusted: false }).join(' ')).toContain(
    '--setting-sources user --strict-mcp-config',
  );
  expect(claudeFlags({ ...options, trusted: true }).join(' ')).not.toContain('--setting-sources');
});
