// What the commands do that concern the computer and not one conversation.
import { type Devices, type Principal, usualScopes } from '../pairing/devices.ts';
import { certificateLevelWords } from '../protocol/certificate.ts';
import { AppError } from '../protocol/errors.ts';
import { pairFragment } from '../protocol/pairing.ts';
import { scopeWords } from '../protocol/scope-words.ts';
import type { Handlers } from './services.ts';

type Areas =
  | 'project'
  | 'certificate'
  | 'pairing'
  | 'confirmation'
  | 'device'
  | 'token'
  | 'page'
  | 'claude'
  | 'doctor'
  | 'remote'
  | 'daemon';

export const computerHandlers: Handlers<Areas> = {
  'project.list': { scope: 'use', run: ({ projects }) => projects.list() },
  'project.browse': { scope: 'use', run: ({ projects }, { path }) => projects.browse(path) },
  'pairing.start': {
    scope: 'admin',
    async run({ codes, certificates, urls, tailscaleUrl }, { scopes }, { deviceId }) {
      const { qrModules } = await import('../pairing/qr-code.ts');
      const made = codes.make(scopes ?? usualScopes, deviceId);
      const url = `${urls()[0]}/p#${pairFragment(made.code, certificates.daemonId)}`;
      const { fingerprint } = certificates.facts;
      return { ...made, url, fingerprint, tailscale: tailscaleUrl(), modules: qrModules(url) };
    },
  },
  'pairing.answer': {
    scope: 'admin',
    onlyAtComputer: true,
    audits: ({ devices }, { replaces }) =>
      replaces === undefined ? undefined : `let a new key take the place of ${nameOf(devices, replaces)}’s`,
    async run({ pairings }, { pairingId, ...answer }) {
      await pairings.answer(pairingId, answer);
      return {};
    },
  },
  'confirmation.list': {
    scope: 'admin',
    run: async ({ confirmations }) => ({ confirmations: [...confirmations.list()] }),
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
  'device.rename': {
    scope: 'read',
    audits: ({ devices }, { deviceId, label }) => `called ${nameOf(devices, deviceId)} “${label}”`,
    async run({ devices }, { deviceId, label }, asker) {
      mustOwnOrManage(asker, deviceId);
      await devices.rename(deviceId, label);
      return {};
    },
  },
  'device.changeScopes': {
    scope: 'admin',
    confirms: ({ devices }, { deviceId, scopes }) =>
      isKnown(devices, deviceId) ? `let ${nameOf(devices, deviceId)} ${scopeWords(scopes)}` : undefined,
    audits: ({ devices }, { deviceId, scopes }) =>
      `let ${nameOf(devices, deviceId)} ${scopeWords(scopes)} (${scopes.join(', ')})`,
    async run({ devices }, { deviceId, scopes }) {
      await devices.changeScopes(deviceId, scopes);
      return {};
    },
  },
  'device.prepareMove': {
    scope: 'read',
    run: async ({ devices }, _input, { deviceId }) => ({ ticket: await devices.prepareMove(deviceId) }),
  },
  'device.revoke': {
    // Whoever may only look may still take itself off the list.
    scope: 'read',
    confirms: ({ devices }, { deviceId }, asker) =>
      deviceId === asker.deviceId || !asker.scopes.includes('admin') || !isKnown(devices, deviceId)
        ? undefined
        : `remove ${nameOf(devices, deviceId)}`,
    audits: ({ devices }, { deviceId }) => `removed ${nameOf(devices, deviceId)}`,
    async run({ devices }, { deviceId }, asker) {
      mustOwnOrManage(asker, deviceId);
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
  // The offer is made where it can be taken.
  'certificate.show': {
    scope: 'read',
    run: ({ certificates }, _input, { kind }) => certificates.report({ withOffer: kind === 'computer' }),
  },
  'certificate.use': {
    scope: 'admin',
    onlyAtComputer: true,
    audits: (_services, { level }) => `chose the certificate: ${certificateLevelWords[level]}`,
    run: ({ certificates }, { level }) => certificates.use(level),
  },
  'remote.start': {
    scope: 'admin',
    onlyAtComputer: true,
    audits: (_services, { via }) => `let the computer be reached from the internet, through ${via}`,
    run: ({ remote }, { via }) => remote.start(via),
  },
  'remote.stop': {
    scope: 'admin',
    onlyAtComputer: true,
    audits: ({ remote }) => (remote.current ? 'ended the way in from the internet' : undefined),
    async run({ remote }) {
      await remote.stop();
      return {};
    },
  },
  'page.prepare': {
    scope: 'admin',
    onlyAtComputer: true,
    run: async ({ preparePage }, { path }) => ({ page: await preparePage(path) }),
  },
  'claude.check': { scope: 'use', run: async ({ checkClaude }) => ({ health: await checkClaude() }) },
  'doctor.run': { scope: 'use', run: async ({ examine }) => ({ checks: [...(await examine())] }) },
  'daemon.pause': {
    scope: 'approve',
    async run({ pause }, _input, asker) {
      await pause.begin({ ...asker, deviceId: whereOf(asker) });
      return {};
    },
  },
  'daemon.resume': {
    scope: 'approve',
    async run({ pause }, _input, asker) {
      await pause.end({ deviceId: whereOf(asker) });
      return {};
    },
  },
  'daemon.status': { scope: 'read', run: ({ status }) => status() },
};

/** The tray and every browser at the computer are one. */
function whereOf({ kind, deviceId }: Principal): string {
  return kind === 'computer' ? 'computer' : deviceId;
}

function mustOwnOrManage(asker: Principal, deviceId: string): void {
  if (deviceId !== asker.deviceId && !asker.scopes.includes('admin')) throw new AppError('forbidden');
}

function isKnown(devices: Devices, deviceId: string): boolean {
  return devices.list().some((one) => one.deviceId === deviceId);
}

function nameOf(devices: Devices, deviceId: string): string {
  const device = devices.list().find((one) => one.deviceId === deviceId);
  if (!device) return 'a device';
  return device.kind === 'token' ? `the API token “${device.label}”` : `the device “${device.label}”`;
}
