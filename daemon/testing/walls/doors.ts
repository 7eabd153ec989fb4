// Every door of the daemon and who may pass: each HTTP route, what is mounted before and behind them, and each command, with a
// sample that would get or change something if it were let through. A new route or command needs its line here; the check of
// the walls fails without it. Written by hand: it must not be derived from the code that it checks.
import type { CommandType } from '../../protocol/commands.ts';
import type { Scope } from '../../protocol/lobby.ts';

/** What exists in the daemon under test. */
export interface Names {
  readonly conversationId: string;
  readonly uploadId: string;
  readonly deviceId: string;
  readonly folder: string;
}

/** `anyone`: the same for all. `proof`: gives nothing but for a code, ticket or signature in its body. Otherwise the scope. */
export interface Route {
  readonly opens: 'anyone' | 'proof' | Scope;
  readonly target: (names: Names) => string;
  readonly body?: (names: Names) => object;
  /** What it says with good will, though the sample has no proof. */
  readonly says?: RegExp;
}

const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
const guess = 'A'.repeat(43);
const upload = ({ conversationId, uploadId }: Names) => `/api/uploads/${conversationId}/${uploadId}`;

export const routes: Readonly<Record<string, Route>> = {
  'GET /healthz': { opens: 'anyone', target: () => '/healthz' },
  'GET /trust/porchlight.mobileconfig': {
    opens: 'anyone',
    target: () => '/trust/porchlight.mobileconfig',
  },
  'GET /trust/porchlight-ca.crt': { opens: 'anyone', target: () => '/trust/porchlight-ca.crt' },
  'GET /trust/check.js': { opens: 'anyone', target: () => '/trust/check.js' },
  // Empty, and there for ports of previews only.
  'GET /frame/:port': { opens: 'anyone', target: () => '/frame/47100' },
  'POST /auth/pair': {
    opens: 'proof',
    target: () => '/auth/pair',
    body: () => ({ code: guess, jwk, label: 'x' }),
  },
  'POST /auth/pair/reveal': {
    opens: 'proof',
    target: () => '/auth/pair/reveal',
    body: () => ({ pairingId: guess, nonce: guess }),
  },
  'POST /auth/pair/wait': {
    opens: 'proof',
    target: () => '/auth/pair/wait',
    body: () => ({ pairingId: guess }),
    // The same as of one that was there.
    says: /^\{"ok":true,"result":\{"state":"expired","deviceId":""\}\}$/,
  },
  'POST /auth/challenge': {
    opens: 'proof',
    target: () => '/auth/challenge',
    body: ({ deviceId }) => ({ deviceId }),
    // A number to sign, for any name.
    says: /^\{"ok":true,"result":\{"challenge":"[\w-]{32}"\}\}$/,
  },
  'POST /auth/token': {
    opens: 'proof',
    target: () => '/auth/token',
    body: ({ deviceId }) => ({ deviceId, challenge: guess, signature: guess }),
  },
  'POST /auth/move': {
    opens: 'proof',
    target: () => '/auth/move',
    body: ({ deviceId }) => ({ deviceId, ticket: guess, signature: guess, jwk }),
  },
  'POST /auth/enrol': {
    opens: 'proof',
    target: () => '/auth/enrol',
    body: () => ({ ticket: guess, jwk, label: 'x' }),
  },
  // Which command it is decides; see below. Whoever may only look may ask for the list.
  'POST /api/commands': {
    opens: 'read',
    target: () => '/api/commands',
    body: () => ({ type: 'conversation.list' }),
  },
  'GET /api/logs/:log/events': { opens: 'read', target: () => '/api/logs/lobby/events?after=0' },
  'GET /api/conversations/:id/pages/:number': {
    opens: 'read',
    target: ({ conversationId }) => `/api/conversations/${conversationId}/pages/0`,
  },
  'POST /api/uploads': {
    opens: 'use',
    target: () => '/api/uploads',
    body: ({ conversationId }) => ({ conversationId, name: 'x.txt', size: 3 }),
  },
  'HEAD /api/uploads/:conversationId/:uploadId': { opens: 'use', target: upload },
  'PATCH /api/uploads/:conversationId/:uploadId': { opens: 'use', target: upload, body: () => ({}) },
  'GET /api/uploads/:conversationId/:uploadId': { opens: 'read', target: upload },
  // The last, so that the others have something to ask for.
  'DELETE /api/uploads/:conversationId/:uploadId': { opens: 'use', target: upload },
};

/** What is not a route: what stands before them all, and what catches the rest. */
export const mounted: readonly string[] = [
  ...['ANY', 'ANY', 'ANY', 'ANY serve', 'ANY'],
  ...['ANY /api', 'ANY /api', 'ANY /api/uploads cutOffWhenRevoked', 'ANY /auth', 'ANY /auth jsonParser'],
];

/** The one place where a request may become a WebSocket. */
export const socketPath = '/api/socket';

export interface CommandWall {
  /** The least that it takes; `computer`: no phone and no token, whatever it may. */
  readonly opens: Scope | 'computer';
  readonly input: (names: Names) => object;
}

const nothing = () => ({});
const here = ({ conversationId }: Names) => ({ conversationId });
const message = ({ conversationId }: Names) => ({ conversationId, messageId: conversationId });
const device = ({ deviceId }: Names) => ({ deviceId });
const path = ({ folder }: Names) => ({ path: folder });
const inFolder = ({ folder }: Names) => ({ folder });
const preview = ({ conversationId }: Names) => ({ previewId: conversationId });

export const commandWalls: Readonly<Record<CommandType, CommandWall>> = {
  'conversation.create': { opens: 'use', input: ({ folder }) => ({ cwd: folder }) },
  'conversation.list': { opens: 'read', input: nothing },
  'conversation.outline': { opens: 'read', input: here },
  'conversation.search': { opens: 'read', input: (names) => ({ ...here(names), text: 'canary' }) },
  'conversation.rename': { opens: 'use', input: (names) => ({ ...here(names), title: 'stolen' }) },
  'conversation.delete': { opens: 'use', input: here },
  'conversation.fork': { opens: 'use', input: here },
  'conversation.previewRewind': { opens: 'use', input: message },
  'conversation.rewind': { opens: 'use', input: (names) => ({ ...message(names), files: false }) },
  'conversation.configure': { opens: 'approve', input: (names) => ({ ...here(names), mode: 'plan' }) },
  'conversation.catalog': { opens: 'use', input: here },
  'conversation.inspectContext': { opens: 'use', input: here },
  'files.restore': { opens: 'approve', input: message },
  'file.suggest': { opens: 'use', input: (names) => ({ ...here(names), query: '' }) },
  'file.checkOutside': { opens: 'use', input: (names) => ({ ...here(names), paths: ['/etc/passwd'] }) },
  'task.stop': { opens: 'use', input: (names) => ({ ...here(names), taskId: 'x' }) },
  'task.background': { opens: 'use', input: here },
  'message.send': { opens: 'use', input: (names) => ({ ...here(names), clientId: 'x', text: 'stolen' }) },
  'message.edit': { opens: 'use', input: (names) => ({ ...message(names), text: 'x' }) },
  'message.steer': { opens: 'use', input: message },
  'message.withdraw': { opens: 'use', input: message },
  'message.release': { opens: 'use', input: message },
  'message.settle': { opens: 'use', input: (names) => ({ ...message(names), behavior: 'leave' }) },
  'turn.settle': { opens: 'use', input: (names) => ({ ...here(names), behavior: 'leave' }) },
  'turn.stop': { opens: 'use', input: here },
  'queue.reorder': { opens: 'use', input: (names) => ({ ...here(names), messageIds: [] }) },
  'permission.answer': {
    opens: 'approve',
    input: (names) => ({ ...here(names), requestId: 'x', behavior: 'allow' }),
  },
  'project.list': { opens: 'use', input: nothing },
  'project.browse': { opens: 'use', input: path },
  'folder.inspect': { opens: 'use', input: path },
  'folder.trust': { opens: 'approve', input: (names) => ({ ...path(names), brings: [] }) },
  'folder.distrust': { opens: 'approve', input: path },
  'audit.list': { opens: 'approve', input: nothing },
  'pairing.start': { opens: 'admin', input: nothing },
  'pairing.answer': { opens: 'computer', input: () => ({ pairingId: 'x', behavior: 'allow' }) },
  'confirmation.list': { opens: 'admin', input: nothing },
  'confirmation.answer': { opens: 'computer', input: () => ({ confirmationId: 'x', behavior: 'allow' }) },
  'device.list': { opens: 'admin', input: nothing },
  'device.rename': { opens: 'read', input: (names) => ({ ...device(names), label: 'stolen' }) },
  'device.changeScopes': { opens: 'admin', input: (names) => ({ ...device(names), scopes: ['read'] }) },
  'device.prepareMove': { opens: 'read', input: nothing },
  'device.revoke': { opens: 'read', input: device },
  'token.create': { opens: 'admin', input: () => ({ name: 'stolen' }) },
  'certificate.show': { opens: 'read', input: nothing },
  'certificate.use': { opens: 'computer', input: () => ({ level: 'own' }) },
  'claude.check': { opens: 'use', input: nothing },
  'daemon.status': { opens: 'read', input: nothing },
  'daemon.pause': { opens: 'approve', input: nothing },
  'daemon.resume': { opens: 'approve', input: nothing },
  'doctor.run': { opens: 'use', input: nothing },
  'page.prepare': { opens: 'computer', input: () => ({ path: '/' }) },
  'settings.read': { opens: 'read', input: nothing },
  'settings.change': { opens: 'admin', input: () => ({ name: 'maxRuns', value: 3 }) },
  'preview.list': { opens: 'read', input: nothing },
  'preview.detect': { opens: 'use', input: inFolder },
  'preview.approve': {
    opens: 'approve',
    input: (names) => ({ ...inFolder(names), offerId: 'a'.repeat(64) }),
  },
  'preview.start': { opens: 'approve', input: preview },
  'preview.stop': { opens: 'use', input: preview },
  'preview.restart': { opens: 'approve', input: preview },
  'preview.forget': { opens: 'approve', input: preview },
  'preview.configure': { opens: 'approve', input: (names) => ({ ...preview(names), outlives: true }) },
  'preview.open': { opens: 'read', input: preview },
  'preview.log': { opens: 'read', input: preview },
  'preview.picture': {
    opens: 'use',
    input: (names) => ({ ...preview(names), path: '/', width: 390, height: 600 }),
  },
  'remote.start': { opens: 'computer', input: () => ({ via: 'ngrok' }) },
  'remote.stop': { opens: 'computer', input: nothing },
};

/** Where the input asks for more than the command by itself. */
export const furtherWalls: readonly {
  readonly type: CommandType;
  readonly input: (names: Names) => object;
  /** Without this one it is refused, with all others. */
  readonly needs: Scope;
}[] = [
  {
    type: 'conversation.create',
    input: ({ folder }) => ({ cwd: folder, mode: 'acceptEdits' }),
    needs: 'approve',
  },
  { type: 'conversation.rewind', input: (names) => ({ ...message(names), files: true }), needs: 'approve' },
  // Of another device than oneself.
  { type: 'device.rename', input: (names) => ({ ...device(names), label: 'stolen' }), needs: 'admin' },
  { type: 'device.revoke', input: device, needs: 'admin' },
];
