// The commands that concern the computer and not one conversation: its folders, who may come in, how it is.
// Part of the one table in commands.ts.
import * as z from 'zod/mini';
import { AuditEntry } from './audit.ts';
import { CertificateFacts, CertificateLevel, CertificateReport } from './certificate.ts';
import { folder, line, nothing } from './command-parts.ts';
import { Check } from './doctor.ts';
import { ClaudeHealth, DeviceSummary, Scope } from './lobby.ts';
import { maxLabel } from './pairing.ts';
import { Remote, Via } from './remote.ts';
import { Brought, FolderTrust } from './trust.ts';

const Folder = z.object({
  path: z.string(),
  name: z.string(),
  isProject: z.boolean(),
  usedAt: z.number(),
});
export type Folder = z.infer<typeof Folder>;

/** Whoever comes in may at least look. */
const scopes = z.array(Scope).check(z.refine((list) => list.includes('read'), 'read must be among them'));

const Confirmation = z.object({
  confirmationId: z.string(),
  deviceId: z.string(),
  label: z.string(),
  act: z.string(),
  expiresAt: z.number(),
});

export const computerCommands = {
  /** The folders under the projects folder, and those used before, newest first. */
  'project.list': {
    input: {},
    result: z.object({ root: z.string(), folders: z.array(Folder) }),
  },
  /** The folders inside `path`, for a typed path. `~` stands for the person's home. */
  'project.browse': {
    input: { path: z.string().check(z.maxLength(4096)) },
    result: z.object({ path: z.string(), folders: z.array(Folder) }),
  },
  /** What the folder would have Claude Code run or allow by itself, and whether that is trusted. */
  'folder.inspect': { input: { path: folder }, result: FolderTrust },
  /** `brings` is what the person was shown; `trust_changed` when it is another list by now. Runs in this folder begin anew. */
  'folder.trust': {
    input: { path: folder, brings: z.array(Brought).check(z.maxLength(1000)) },
    result: nothing,
  },
  'folder.distrust': { input: { path: folder }, result: nothing },
  /** Up to 100 entries before the id `before`, newest first. `brokenAt`: from that entry on the log was tampered with. */
  'audit.list': {
    input: { before: z.optional(z.int()) },
    result: z.object({ entries: z.array(AuditEntry), brokenAt: z.nullable(z.int()) }),
  },
  /** A new code; the one before dies. `modules` is the QR code, one string of 0 and 1 a row. */
  'pairing.start': {
    input: { scopes: z.optional(scopes) },
    result: z.object({
      url: z.string(),
      code: z.string(),
      /** The same for typing, `ABCD-EFGH`; empty until `typedAt` when wrong tries have killed the last one. */
      typed: z.string(),
      typedAt: z.number(),
      expiresAt: z.number(),
      fingerprint: z.string(),
      /** The origin for phones that are in the person’s Tailscale network with the computer; null without. */
      tailscale: z.nullable(z.string()),
      modules: z.array(z.string()),
    }),
  },
  'pairing.answer': {
    /** `scopes`: default those of the code. `replaces`: a phone that has lost its key; the new one gets its id, name and scopes. */
    input: {
      pairingId: line,
      behavior: z.enum(['allow', 'deny']),
      scopes: z.optional(scopes),
      replaces: z.optional(line),
    },
    result: nothing,
  },
  'confirmation.list': { input: {}, result: z.object({ confirmations: z.array(Confirmation) }) },
  'confirmation.answer': {
    input: { confirmationId: line, behavior: z.enum(['allow', 'deny']) },
    result: nothing,
  },
  'device.list': {
    input: {},
    result: z.object({ devices: z.array(DeviceSummary) }),
  },
  'device.rename': {
    input: { deviceId: line, label: z.string().check(z.trim(), z.minLength(1), z.maxLength(maxLabel)) },
    result: nothing,
  },
  'device.changeScopes': { input: { deviceId: line, scopes }, result: nothing },
  /** A ticket with which the device that asks may go on at another address of the computer; the one before dies. */
  'device.prepareMove': { input: {}, result: z.object({ ticket: z.string() }) },
  'device.revoke': { input: { deviceId: line }, result: nothing },
  'token.create': {
    input: { name: line, scopes: z.optional(z.array(Scope)) },
    result: z.object({ token: z.string(), deviceId: z.string() }),
  },
  'certificate.show': { input: {}, result: CertificateReport },
  'certificate.use': { input: { level: CertificateLevel }, result: CertificateFacts },
  /** Leads a browser of the computer to that place of the app, e.g. `/pair`: for a minute, once. */
  'page.prepare': {
    input: { path: z.string().check(z.regex(/^\/[\w/-]{0,200}$/)) },
    result: z.object({ page: z.string() }),
  },
  'claude.check': { input: {}, result: z.object({ health: ClaudeHealth }) },
  /** Opens the way in from the internet; the answer comes when it is open. */
  'remote.start': { input: { via: Via }, result: Remote },
  'remote.stop': { input: {}, result: nothing },
  /** Looks at everything that Porchlight needs of the computer; takes seconds. Looks that overlap are one. */
  'doctor.run': { input: {}, result: z.object({ checks: z.array(Check) }) },
  /** Nothing new is begun until `daemon.resume`: what runs goes on to its end, what is sent waits. */
  'daemon.pause': { input: {}, result: nothing },
  'daemon.resume': { input: {}, result: nothing },
  'daemon.status': {
    input: {},
    result: z.object({
      version: z.string(),
      pid: z.int(),
      startedAt: z.number(),
      urls: z.array(z.string()),
      claude: ClaudeHealth,
      conversations: z.int(),
      working: z.int(),
      devices: z.int(),
      remote: z.nullable(Remote),
      /** What is amiss with the disk, as a sentence; empty when nothing is. */
      disk: z.string(),
      paused: z.boolean(),
      tray: z.string(),
      /** Whether the computer is kept awake, in a sentence. */
      awake: z.string(),
    }),
  },
} as const;
