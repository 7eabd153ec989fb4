// Previews: apps that are being built, shown on paired devices. What the lobby tells of them, the fold of it, and what a folder
// offers to preview. Which command is run comes from the folder on the computer's disk; nothing here is ever run because it was sent.
import * as z from 'zod/mini';
import type { AnyEvent } from './events.ts';

const text = z.string();

/**
 * `server`: a command that Porchlight runs. `static`: a folder that Porchlight serves itself. `found`: a server that runs already,
 * e.g. one that Claude has started; Porchlight neither starts nor ends it.
 */
export const PreviewKind = z.enum(['server', 'static', 'found']);
export type PreviewKind = z.infer<typeof PreviewKind>;

/** `offered`: a found one that nobody has said yes to. `starting` lasts until the app answers. `crashed`: it ended by itself. */
export const PreviewState = z.enum(['offered', 'starting', 'ready', 'crashed', 'stopped']);
export type PreviewState = z.infer<typeof PreviewState>;

export const PreviewSummary = z.object({
  previewId: text,
  /** The project's folder, links resolved. */
  folder: text,
  /** Unique in its folder, e.g. `dev`, `api:dev`, `dist`. */
  name: text,
  /** What it is made with, e.g. `Vite`, `Flask`, `Static files`. */
  tool: text,
  kind: PreviewKind,
  /** As one would type it; empty where nothing is run. */
  command: text,
  state: PreviewState,
  /** When it came into this state, ms since 1970. */
  since: z.number(),
  /** One sentence for a person; empty when the state says it all. */
  reason: text,
  /** Null unless it ended with one. */
  exitCode: z.nullable(z.int()),
  /** Of a crashed one the end of its output, at most 20 lines, with ANSI colours. */
  lastLines: z.array(text),
  /** Where devices open it: its own for good, and never another one's. */
  port: z.int(),
  /** Where the app itself listens; null when that is not known, or nothing listens. */
  appPort: z.nullable(z.int()),
  /** The app listens on the network by itself too, where nobody is asked for anything. */
  isExposed: z.boolean(),
  /** Goes on when Porchlight is stopped. */
  outlives: z.boolean(),
  /** The conversation whose Claude has started it, of found ones. */
  conversationId: z.nullable(text),
});
export type PreviewSummary = z.infer<typeof PreviewSummary>;

/** Something in a folder that could be previewed. */
export const PreviewOffer = z.object({
  /** Stands for exactly what would be run: another command, another script, another id. */
  offerId: text,
  name: text,
  tool: text,
  kind: z.enum(['server', 'static']),
  /** As one would type it; empty for static folders. */
  command: text,
  /** What the command stands for in the project, e.g. `vite --open`; empty when it speaks for itself. */
  script: text,
  /** Where it runs, or what is served, relative to the folder; `.` for itself. */
  inside: text,
  /** The file that told of it. */
  source: text,
  /** A hint for a person, e.g. that packages are missing; mostly empty. */
  note: text,
  /** The preview that it is already; null when nobody has approved it as it stands. */
  previewId: z.nullable(text),
});
export type PreviewOffer = z.infer<typeof PreviewOffer>;

const told = { id: z.int(), at: z.number(), preview: PreviewSummary };

/** Each tells the whole preview as it is now; the type says what has happened. */
export const previewEvents = [
  /** A server of somebody else's, noticed and offered. */
  z.object({ ...told, type: z.literal('preview.detected') }),
  z.object({ ...told, type: z.literal('preview.approved') }),
  z.object({ ...told, type: z.literal('preview.started') }),
  z.object({ ...told, type: z.literal('preview.ready') }),
  z.object({ ...told, type: z.literal('preview.crashed') }),
  z.object({ ...told, type: z.literal('preview.stopped') }),
  /** Something that is no other state: a reason, another port of the app, whether it outlives Porchlight. */
  z.object({ ...told, type: z.literal('preview.changed') }),
  z.object({ id: z.int(), at: z.number(), type: z.literal('preview.forgotten'), previewId: text }),
] as const;

const PreviewEvent = z.discriminatedUnion('type', previewEvents);
export type PreviewEvent = z.infer<typeof PreviewEvent>;

export type Previews = Readonly<Record<string, PreviewSummary>>;

export function foldPreview(previews: Previews, event: PreviewEvent): Previews {
  if (event.type !== 'preview.forgotten') return { ...previews, [event.preview.previewId]: event.preview };
  const { [event.previewId]: _, ...rest } = previews;
  return rest;
}

export function isPreviewEvent(event: Pick<AnyEvent, 'type'>): event is PreviewEvent {
  return event.type.startsWith('preview.');
}
