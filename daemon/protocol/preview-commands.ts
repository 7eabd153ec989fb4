// The commands about previews. Part of the one table in commands.ts. None carries a command line: what is run is read from the
// folder on the computer, and `offerId` only says which reading of it the person has seen.
import * as z from 'zod/mini';
import { folder, Id, nothing } from './command-parts.ts';
import { PreviewOffer, PreviewSummary } from './previews.ts';

const one = { previewId: Id };

export const previewCommands = {
  /** All that are known, in the order in which they came to be; the lobby tells of every change. */
  'preview.list': { input: {}, result: z.object({ previews: z.array(PreviewSummary) }) },
  /** What the folder offers, best first; runs nothing. `folder` comes back with links resolved. */
  'preview.detect': {
    input: { folder },
    result: z.object({ folder: z.string(), offers: z.array(PreviewOffer) }),
  },
  /**
   * From now on it may be started: exactly what the offer showed. `preview_changed` when the folder would run something else by
   * now. The same answer when it was approved before.
   */
  'preview.approve': {
    input: { folder, offerId: z.string().check(z.regex(/^[0-9a-f]{64}$/)) },
    result: z.object({ previewId: z.string() }),
  },
  /**
   * Answers when the process runs; the lobby tells when the app answers. One that is up stays as it is. Of a found one it is the yes
   * to showing it. `preview_changed` when the folder would run something else than what was approved.
   */
  'preview.start': { input: one, result: nothing },
  /** Answers when nothing of it is left. A found one is no longer shown, but goes on. */
  'preview.stop': { input: one, result: nothing },
  'preview.restart': { input: one, result: nothing },
  /** Takes it off the list, stopped. Its port stays its own, should it be approved again. */
  'preview.forget': { input: one, result: nothing },
  'preview.configure': { input: { ...one, outlives: z.boolean() }, result: nothing },
  /**
   * The way in for the device that asks: `path` on `port`, of whichever name the device reaches the computer by; `url` is the same
   * with the best one. Good once, for 30 s, to be opened in a browser at once. `bridge`: this device's WebSockets fail (iPhones
   * under a certificate that was only clicked through), so the page gets a stand-in for them.
   * `inspect`: pages in the app's frame get a script that tells the app, and nobody else, of errors and of elements that are tapped.
   */
  'preview.open': {
    input: { ...one, bridge: z.optional(z.boolean()), inspect: z.optional(z.boolean()) },
    result: z.object({ url: z.string(), port: z.int(), path: z.string() }),
  },
  /**
   * PNG in base64 of the top left of a page of it, twice as fine as CSS pixels, as a browser draws it that is installed on the computer
   * and signed in nowhere; null where there is no such browser, or nothing that it could be shown.
   */
  'preview.picture': {
    input: {
      ...one,
      path: z.string().check(z.maxLength(2000), z.regex(/^\/(?:[^/\\].*)?$/)),
      width: z.int().check(z.gte(200), z.lte(2000)),
      height: z.int().check(z.gte(100), z.lte(4000)),
    },
    result: z.object({ png: z.nullable(z.string()) }),
  },
  /**
   * Up to 500 lines of its output behind the line `after`, the newest when there are more; `text` with ANSI colours. `wait`: the
   * answer comes when there is something behind `after`, at the latest after 20 s. A `last` below `after`: count anew.
   */
  'preview.log': {
    input: { ...one, after: z.optional(z.int().check(z.gte(0))), wait: z.optional(z.boolean()) },
    result: z.object({ lines: z.array(z.object({ line: z.int(), text: z.string() })), last: z.int() }),
  },
} as const;
