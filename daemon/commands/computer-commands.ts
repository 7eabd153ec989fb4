// What the commands do that concern the computer and not one conversation.
import { usualScopes } from '../pairing/devices.ts';
import { pairFragment } from '../protocol/pairing.ts';
import type { Handlers } from './services.ts';

type Areas = 'project' | 'pairing' | 'device' | 'token' | 'claude' | 'daemon';

export const computerHandlers: Handlers<Areas> = {
  'project.list': { scope: 'use', run: ({ projects }) => projects.list() },
  'project.browse': { scope: 'use', run: ({ projects }, { path }) => projects.browse(path) },
  'pairing.start': {
    scope: 'admin',
    async run({ codes, daemonId, fingerprint, urls }, { scopes }) {
      const { qrModules } = await import('../pairing/qr-code.ts');
      const { code, expiresAt } = codes.make(scopes ?? usualScopes);
      const url = `${urls()[0]}/p#${pairFragment(code, daemonId)}`;
      return { url, code, expiresAt, fingerprint, modules: qrModules(url) };
    },
  },
  'pairing.answer': {
    scope: 'admin',
    async run({ pairings }, { pairingId, behavior }) {
      await pairings.answer(pairingId, behavior);
      return {};
    },
  },
  'device.list': { scope: 'admin', run: async ({ devices }) => ({ devices: [...devices.list()] }) },
  'device.revoke': {
    scope: 'admin',
    async run({ devices }, { deviceId }) {
      await devices.revoke(deviceId);
      return {};
    },
  },
  'token.create': {
    scope: 'admin',
    async run({ devices }, { name, scopes }) {
      const { token, device } = await devices.addToken({ label: name, scopes: scopes ?? usualScopes });
      return { token, deviceId: device.deviceId };
    },
  },
  'claude.check': { scope: 'use', run: async ({ checkClaude }) => ({ health: await checkClaude() }) },
  'daemon.status': { scope: 'read', run: ({ status }) => status() },
};
