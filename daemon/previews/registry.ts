// What of previews is kept: which were approved, and which port is whose. A port is given once and for ever, since browsers keep
// what a page has stored by its port. Holds no process.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Document } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';

const text = z.string();

const ApprovedPreview = z.object({
  previewId: text,
  folder: text,
  name: text,
  tool: text,
  kind: z.enum(['server', 'static']),
  command: text,
  /** What was approved, and nothing else. */
  offerId: text,
  inside: text,
  outlives: z.boolean(),
});
export type ApprovedPreview = z.infer<typeof ApprovedPreview>;

const OwnedPort = z.object({
  port: z.int(),
  folder: text,
  name: text,
  /** Devices that hold nothing there of whoever had this port before this registry knew it. */
  visitors: z.array(text),
});

export const PreviewsDocument = z.object({ previews: z.array(ApprovedPreview), ports: z.array(OwnedPort) });
export type PreviewsDocument = z.infer<typeof PreviewsDocument>;

const firstPort = 47_100;
const portCount = 900;

export interface Registry {
  list(): readonly ApprovedPreview[];
  find(previewId: string): ApprovedPreview | undefined;
  /** Adds it, or takes the place of the one with this id. */
  save(preview: ApprovedPreview): Promise<void>;
  remove(previewId: string): Promise<void>;
  /** Its own, for good. */
  portOf(owner: Owner): Promise<number>;
  /** Another port for it, its own from now on; undefined when a device has been at the one that it has. */
  moveUnvisited(owner: Owner): Promise<number | undefined>;
  /** True the first time that this device comes to the port: what lies there in its browser is not this preview's. */
  isFirstVisit(port: number, deviceId: string): boolean;
  visited(port: number, deviceId: string): Promise<void>;
}

interface Owner {
  readonly folder: string;
  readonly name: string;
}

/** How far from the first port a home begins, so that daemons of several homes hardly ever want the same. */
export function spreadOf(home: string): number {
  return createHash('sha256').update(home).digest().readUInt32BE() % portCount;
}

/** `isFree`: nothing listens there. `startAt`: how far from the first port to look first. */
export function createRegistry(options: {
  document: Document<PreviewsDocument>;
  isFree: (port: number) => Promise<boolean>;
  startAt: number;
}): Registry {
  const { document, isFree, startAt } = options;
  const ownedBy = ({ folder, name }: Owner) =>
    document.value.ports.find((one) => one.folder === folder && one.name === name)?.port;
  /** Two that ask at once must not get the same. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  }

  async function give(owner: Owner): Promise<number> {
    const known = ownedBy(owner);
    if (known !== undefined) return known;
    return giveAnew(owner);
  }

  async function move(owner: Owner): Promise<number | undefined> {
    const before = ownedBy(owner);
    const isVisited = document.value.ports.some(
      ({ port, visitors }) => port === before && visitors.length > 0,
    );
    if (isVisited) return undefined;
    const port = await giveAnew(owner);
    await document.update(({ ports, ...rest }) => ({
      ...rest,
      ports: ports.filter((one) => one.port !== before),
    }));
    return port;
  }

  async function giveAnew(owner: Owner): Promise<number> {
    const given = new Set(document.value.ports.map(({ port }) => port));
    for (let nth = 0; nth < portCount; nth += 1) {
      const port = firstPort + ((startAt + nth) % portCount);
      if (given.has(port) || !(await isFree(port))) continue;
      const { folder, name } = owner;
      await document.update(({ ports, ...rest }) => ({
        ...rest,
        ports: [...ports, { port, folder, name, visitors: [] }],
      }));
      return port;
    }
    throw new AppError('preview_port_taken', 'All ports for previews are given away.');
  }

  return {
    list: () => document.value.previews,
    find: (previewId) => document.value.previews.find((one) => one.previewId === previewId),
    save: (preview) =>
      document.update(({ previews, ...rest }) => {
        const isKnown = previews.some(({ previewId }) => previewId === preview.previewId);
        const replaced = previews.map((one) => (one.previewId === preview.previewId ? preview : one));
        return { ...rest, previews: isKnown ? replaced : [...previews, preview] };
      }),
    remove: (previewId) =>
      document.update(({ previews, ...rest }) => ({
        ...rest,
        previews: previews.filter((one) => one.previewId !== previewId),
      })),
    portOf: (owner) => inTurn(() => give(owner)),
    moveUnvisited: (owner) => inTurn(() => move(owner)),
    isFirstVisit: (port, deviceId) =>
      document.value.ports.find((one) => one.port === port)?.visitors.includes(deviceId) !== true,
    visited: (port, deviceId) =>
      document.update(({ ports, ...rest }) => ({
        ...rest,
        ports: ports.map((one) =>
          one.port === port && !one.visitors.includes(deviceId)
            ? { ...one, visitors: [...one.visitors, deviceId] }
            : one,
        ),
      })),
  };
}
