// What a previewed page's inspector and the app say to each other by postMessage. The page is the project's, and may say anything in
// the inspector's name: what comes is cut to size, shown as text, and does nothing by itself.
import * as z from 'zod/mini';

const most = (length: number) => z.string().check(z.maxLength(length));
const pixels = z.number().check(z.gte(-1e6), z.lte(1e6));
const path = z.string().check(z.maxLength(2000), z.startsWith('/'));

/** `error`: thrown and not caught. `console`: told by console.error. `request`: failed, or was answered with an error. */
export const PageProblem = z.object({
  kind: z.enum(['error', 'console', 'request']),
  text: most(2000),
  /** File and line in the page, as the browser says it; mostly empty. */
  where: most(300),
  /** The page's own path at that time. */
  path,
});
export type PageProblem = z.infer<typeof PageProblem>;

/** An element that the person has tapped. */
export const PickedElement = z.object({
  pinId: z.int(),
  path,
  selector: most(500),
  tag: most(80),
  text: most(200),
  /** CSS pixels from the top left of the document. */
  box: z.object({ x: pixels, y: pixels, width: pixels, height: pixels }),
  viewport: z.object({ width: pixels, height: pixels }),
  look: most(400),
  /** Where its code is, as a development build tells; null where it does not. */
  source: z.nullable(z.object({ file: most(500), line: z.nullable(z.int()), component: most(100) })),
});
export type PickedElement = z.infer<typeof PickedElement>;

const from = z.literal('porchlight-preview');

export const InspectorMessage = z.discriminatedUnion('kind', [
  /** A page has begun, and listens. */
  z.object({ from, kind: z.literal('hello'), path }),
  z.object({ from, kind: z.literal('path'), path, title: most(200) }),
  z.object({ from, kind: z.literal('problem'), problem: PageProblem }),
  z.object({ from, kind: z.literal('picked'), pin: PickedElement }),
]);
export type InspectorMessage = z.infer<typeof InspectorMessage>;

/** The whole of what the page is told, anew at each change. */
export interface InspectorOrder {
  readonly from: 'porchlight';
  /** Taps set pins instead of doing what they do. */
  readonly isPinning: boolean;
  /** In the order of their numbers. */
  readonly pins: readonly { readonly pinId: number; readonly selector: string; readonly path: string }[];
}
