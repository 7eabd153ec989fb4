// What the commands do that concern the computer and not one conversation.
import { type Devices, usualScopes } from '../pairing/devices.ts';
import { pairFragment } from '../protocol/pairing.ts';
import type { Handlers } from './services.ts';

type Areas = 'project' | 'pairing' | 'confirmation' | 'device' | 'token' | 'claude' | 'daemon';

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
    onlyAtComputer: true,
    async run({ pairings }, { pairingId, behavior }) {
      await pairings.answer(pairingId, behavior);
      return {};
    },
  },
  'confirmation.answer': {
    scope: 'admin',
    onlyAtComputer: true,
    async run({ confirmations }, { confirmationId, behavior }) {
      await confirmations.answer(confirmationId, behavior);
      return {};
    },
  },
  'device.list': { scope: 'admin', run: async ({ devices }) => ({ devices: [...devices.list()] }) },
  'device.revoke': {
    scope: 'admin',
    confirms: ({ devices }, { deviceId }, asker) =>
      deviceId === asker.deviceId ? undefined : `remove ${nameOf(devices, deviceId)}`,
    audits: ({ devices }, { deviceId }) => `removed ${nameOf(devices, deviceId)}`,
    async run({ devices }, { deviceId }) {
      await devices.revoke(deviceId);
      return {};
    },
  },
  'token.create': {
    scope: 'admin',
    confirms: (_services, { name }) => `make the API token “${name}”`,
    audits: (_services, { name, scopes }) =>
      `made the API token “${name}” (${(scopes ?? usualScopes).join(', ')})`,
    async run({ devices }, { name, scopes }) {
      const { token, device } = await devices.addToken({ label: name, scopes: scopes ?? usualScopes });
      return { token, deviceId: device.deviceId };
    },
  },
  'claude.check': { scope: 'use', run: async ({ checkClaude }) => ({ health: await checkClaude() }) },
  'daemon.status': { scope: 'read', run: ({ status }) => status() },
};

function nameOf(devices: Devices, deviceId: string): string {
  const device = devices.list().find((one) => one.deviceId === deviceId);
  return device ? `the device “${device.label}”` : 'a device';
}
