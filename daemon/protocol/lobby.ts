// The lobby log: what is not one conversation's. Conversations listed, devices, pairings, the health of `claude`.
// Lists, the tray and the inbox are readers of this log; its fold is here, the same code on both sides.
import * as z from 'zod/mini';
import { type CertificateFacts, certificateFacts, unknownCertificate } from './certificate.ts';
import { confirmationEvents, type PendingConfirmation } from './confirmations.ts';
import type { AnyEvent, Draft } from './events.ts';
import { foldPreview, isPreviewEvent, previewEvents, type Previews } from './previews.ts';
import { Remote } from './remote.ts';
import { Limit, type Spending, spend } from './usage.ts';

const text = z.string();
const envelope = { id: z.int(), at: z.number() };

export const Scope = z.enum(['read', 'use', 'approve', 'admin']);
export type Scope = z.infer<typeof Scope>;

/** What a conversation is doing, as a list shows it. `needsYou` wins over `working`. */
export const ConversationState = z.enum(['idle', 'working', 'needsYou', 'interrupted']);
export type ConversationState = z.infer<typeof ConversationState>;

const summary = {
  conversationId: text,
  title: text,
  cwd: text,
  state: ConversationState,
  /** What Claude does at this moment, in a few words; empty when idle. */
  activity: text,
  /** When the running turn began; null when none runs. */
  since: z.nullable(z.number()),
  /** The last words said, by either side, cut to a line. */
  lastText: text,
  /** Open permission requests. */
  waiting: z.int(),
  lastAt: z.number(),
  createdAt: z.number(),
  /** What its turns have cost so far, USD by list price. */
  costUsd: z.optional(z.number()),
};
export const ConversationSummary = z.object(summary);
export type ConversationSummary = z.infer<typeof ConversationSummary>;

export const DeviceSummary = z.object({
  deviceId: text,
  label: text,
  kind: z.enum(['phone', 'computer', 'token']),
  scopes: z.array(Scope),
  createdAt: z.number(),
  /** When and from which address it last signed in, to about a minute; absent when it never did, and in old logs. */
  usedAt: z.optional(z.number()),
  address: z.optional(text),
  /** What it called itself when it was paired, e.g. `Safari on iPhone`; its label may have been changed since. */
  model: z.optional(text),
  /** When its present key was made, where that is not when it was added: it was paired anew, or has moved. */
  keyedAt: z.optional(z.number()),
});
export type DeviceSummary = z.infer<typeof DeviceSummary>;

/** `fix` is the exact command, or sentence, that mends it; empty when `state` is `ready`. */
export const ClaudeHealth = z.object({
  state: z.enum(['unknown', 'ready', 'missing', 'loggedOut', 'tooOld', 'broken']),
  version: text,
  path: text,
  sentence: text,
  fix: text,
});
export type ClaudeHealth = z.infer<typeof ClaudeHealth>;

const event = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ ...envelope, type: z.literal(type), ...shape });

export const LobbyEvent = z.discriminatedUnion('type', [
  event('daemon.started', { daemonId: text, version: text }),
  /** From here on no new turn is given to Claude, over restarts too; `deviceId` is `computer` where it was done there. */
  event('daemon.paused', { deviceId: text, label: text }),
  event('daemon.resumed', { deviceId: text }),
  /** The computer stood still, ms since 1970: asleep, or its processes held. */
  event('computer.slept', { from: z.number(), until: z.number() }),
  /** `day`: the computer's date, e.g. `2026-11-21`; what the conversation cost since its last change is of that day. */
  event('conversation.changed', { ...summary, day: z.optional(text) }),
  event('conversation.deleted', { conversationId: text }),
  event('device.added', { device: DeviceSummary }),
  /** Another name, other scopes, or a later use. */
  event('device.changed', { device: DeviceSummary }),
  event('device.removed', { deviceId: text }),
  event('pairing.requested', {
    pairingId: text,
    label: text,
    address: text,
    digits: text,
    expiresAt: z.number(),
    /** What it may do unless something else is chosen at Allow. */
    scopes: z.optional(z.array(Scope)),
  }),
  /** Five wrong codes were typed: what was to be typed is dead. */
  event('code.killed', {}),
  event('pairing.settled', {
    pairingId: text,
    outcome: z.enum(['allowed', 'denied', 'expired']),
    label: text,
  }),
  ...confirmationEvents,
  event('certificate.changed', certificateFacts),
  event('claude.checked', { health: ClaudeHealth }),
  event('limit.changed', { limit: Limit }),
  /** Somebody changed a setting, here or in the file; which are in force is asked for. */
  event('settings.changed', {}),
  /** The way in from the internet; null when there is none any more. */
  event('remote.changed', { remote: z.nullable(Remote) }),
  ...previewEvents,
]);
export type LobbyEvent = z.infer<typeof LobbyEvent>;
export type LobbyDraft = Draft<LobbyEvent>;

export interface Pause {
  readonly deviceId: string;
  readonly label: string;
  readonly at: number;
}

export interface PendingPairing {
  readonly pairingId: string;
  readonly label: string;
  readonly address: string;
  /** The six digits that both sides must show, e.g. `482913`. */
  readonly digits: string;
  readonly expiresAt: number;
  readonly scopes?: readonly Scope[] | undefined;
}

/** Something about who may come in that every other device is told of, until somebody puts it away there. */
export interface Notice {
  /** Id of the event it comes from. */
  readonly noticeId: number;
  readonly at: number;
  readonly kind: 'added' | 'removed' | 'scopes' | 'key';
  readonly deviceId: string;
  readonly label: string;
  readonly deviceKind: DeviceSummary['kind'];
  readonly scopes: readonly Scope[];
}

export interface LobbyView {
  readonly last: number;
  /** Who has asked that nothing new be begun; null when nobody has. */
  readonly paused: Pause | null;
  /** When the computer last stood still. */
  readonly slept: { readonly from: number; readonly until: number } | null;
  readonly conversations: Readonly<Record<string, ConversationSummary>>;
  readonly devices: Readonly<Record<string, DeviceSummary>>;
  readonly pairings: readonly PendingPairing[];
  readonly confirmations: readonly PendingConfirmation[];
  /** Oldest first, the newest only. */
  readonly notices: readonly Notice[];
  /** When guesses last killed the code that is typed; 0 for never. */
  readonly codeKilledAt: number;
  readonly certificate: CertificateFacts;
  readonly claude: ClaudeHealth;
  readonly remote: Remote | null;
  /** Id of the event by which the settings last changed; 0 for never. */
  readonly settingsAt: number;
  readonly previews: Previews;
  /** By window, e.g. `five_hour`. */
  readonly limits: Readonly<Record<string, Limit>>;
  /** USD by day and folder, newest days only. Stays when a conversation is deleted. */
  readonly spending: Spending;
}

/** Notices that are kept. */
const maxNotices = 50;

export const emptyLobby: LobbyView = {
  last: 0,
  paused: null,
  slept: null,
  conversations: {},
  devices: {},
  pairings: [],
  confirmations: [],
  notices: [],
  codeKilledAt: 0,
  certificate: unknownCertificate,
  claude: { state: 'unknown', version: '', path: '', sentence: '', fix: '' },
  remote: null,
  settingsAt: 0,
  previews: {},
  limits: {},
  spending: {},
};

/** Applies one event. Pure; an unknown type only moves `last`. The caller checks that ids are contiguous. */
export function foldLobby(view: LobbyView, raw: AnyEvent): LobbyView {
  const parsed = LobbyEvent.safeParse(raw);
  if (!parsed.success) return { ...view, last: raw.id };
  return { ...view, ...change(view, parsed.data), last: raw.id };
}

function change(view: LobbyView, event: LobbyEvent): Partial<LobbyView> {
  if (isPreviewEvent(event)) return { previews: foldPreview(view.previews, event) };
  switch (event.type) {
    case 'daemon.started':
      return { pairings: [], confirmations: [], codeKilledAt: 0, remote: null };
    case 'daemon.paused':
      return { paused: { deviceId: event.deviceId, label: event.label, at: event.at } };
    case 'daemon.resumed':
      return { paused: null };
    case 'computer.slept':
      return { slept: { from: event.from, until: event.until } };
    case 'conversation.changed': {
      const { id, at, type, day, ...entry } = event;
      const before = view.conversations[entry.conversationId]?.costUsd ?? 0;
      const spent = (entry.costUsd ?? before) - before;
      return {
        conversations: { ...view.conversations, [entry.conversationId]: entry },
        ...(day !== undefined && spent > 0
          ? { spending: spend(view.spending, { day, cwd: entry.cwd, usd: spent }) }
          : {}),
      };
    }
    case 'conversation.deleted':
      return { conversations: without(view.conversations, event.conversationId) };
    case 'device.added':
      return {
        devices: { ...view.devices, [event.device.deviceId]: event.device },
        notices: noted(view, event, 'added', event.device),
      };
    case 'device.changed': {
      const before = view.devices[event.device.deviceId];
      // Removed meanwhile: a late word about it must not bring it back.
      if (!before) return {};
      return {
        devices: { ...view.devices, [event.device.deviceId]: event.device },
        ...changeNotice(view, event, before),
      };
    }
    case 'device.removed': {
      const before = view.devices[event.deviceId];
      return {
        devices: without(view.devices, event.deviceId),
        ...(before ? { notices: noted(view, event, 'removed', before) } : {}),
      };
    }
    case 'code.killed':
      return { codeKilledAt: event.at };
    case 'pairing.requested': {
      const { id, at, type, ...pairing } = event;
      return { pairings: [...view.pairings.filter((p) => p.pairingId !== pairing.pairingId), pairing] };
    }
    case 'pairing.settled':
      return { pairings: view.pairings.filter((p) => p.pairingId !== event.pairingId) };
    case 'confirmation.requested': {
      const { id, at, type, ...confirmation } = event;
      return { confirmations: [...view.confirmations, confirmation] };
    }
    case 'confirmation.settled':
      return {
        confirmations: view.confirmations.filter((c) => c.confirmationId !== event.confirmationId),
      };
    case 'certificate.changed': {
      const { id, at, type, ...certificate } = event;
      return { certificate };
    }
    case 'claude.checked':
      return { claude: event.health };
    case 'limit.changed':
      return { limits: { ...view.limits, [event.limit.window]: event.limit } };
    case 'remote.changed':
      return { remote: event.remote };
    case 'settings.changed':
      return { settingsAt: event.id };
    default:
      return event satisfies never;
  }
}

function changeNotice(
  view: LobbyView,
  event: { readonly id: number; readonly at: number; readonly device: DeviceSummary },
  before: DeviceSummary,
): Partial<LobbyView> {
  const { device } = event;
  if (device.keyedAt !== before.keyedAt) return { notices: noted(view, event, 'key', device) };
  const isSame = device.scopes.toSorted().join() === before.scopes.toSorted().join();
  return isSame ? {} : { notices: noted(view, event, 'scopes', device) };
}

function noted(
  { notices }: LobbyView,
  { id, at }: { readonly id: number; readonly at: number },
  kind: Notice['kind'],
  { deviceId, label, kind: deviceKind, scopes }: DeviceSummary,
): readonly Notice[] {
  return [...notices, { noticeId: id, at, kind, deviceId, label, deviceKind, scopes }].slice(-maxNotices);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
