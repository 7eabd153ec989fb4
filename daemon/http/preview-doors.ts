// The doors of all previews: each opens when a device wants to look, and shuts when its preview stops or nobody has looked for an hour.
import type { Clock, Dispose, Logger } from '../ports.ts';
import type { Certificates } from '../ports/certificates.ts';
import type { PreviewDoors } from '../ports/preview-doors.ts';
import { createPreviewAccess } from '../previews/access.ts';
import { withTicket } from '../previews/gateway-requests.ts';
import type { Previews } from '../previews/previews.ts';
import type { Registry } from '../previews/registry.ts';
import { AppError } from '../protocol/errors.ts';
import type { RandomBytes } from '../ports.ts';
import type { Listener } from './listener.ts';
import { createBridges } from './preview-bridge.ts';
import { openPreviewDoor } from './preview-door.ts';
import { createStrangers, strangerLimits } from './strangers.ts';

const idleMs = 60 * 60_000;
/** Asking the system for its names takes longer than all else. */
const namesMs = 1000;

interface Door {
  readonly opened: Promise<Listener>;
  stopIdling: Dispose;
}

export function createPreviewDoors(options: {
  previews: () => Previews;
  registry: Registry;
  certificates: Certificates;
  clock: Clock;
  random: RandomBytes;
  logger: Logger;
  /** Where the daemon listens. */
  host: string;
  ownPort: () => number;
  names: () => ReadonlySet<string>;
}): PreviewDoors {
  const { registry, certificates, clock, logger, host, ownPort } = options;
  const access = createPreviewAccess(options);
  const bridges = createBridges();
  // No tunnel leads here: whoever comes is who it is.
  const strangers = createStrangers(strangerLimits, clock, () => undefined);
  const doors = new Map<string, Door>();
  let known: { readonly names: ReadonlySet<string>; readonly at: number } | undefined;

  function names(): ReadonlySet<string> {
    const now = clock.monotonic();
    if (!known || now - known.at >= namesMs) known = { names: options.names(), at: now };
    return known.names;
  }

  function open(previewId: string): Door {
    const { port } = options.previews().get(previewId);
    const door: Door = {
      stopIdling: () => {},
      opened: openPreviewDoor({
        ...{ previewId, host, port, certificates, clock, strangers, access, bridges, names, ownPort },
        preview: () => options.previews().get(previewId),
        target: () => options.previews().target(previewId),
        notAnswering: () => options.previews().notAnswering(previewId),
        isFirstVisit: (deviceId) => registry.isFirstVisit(port, deviceId),
        visited(deviceId) {
          registry.visited(port, deviceId).catch((error: unknown) => logger.error('previews', error));
        },
        used: () => keepOpen(door),
      }),
    };
    keepOpen(door);
    return door;

    function keepOpen(held: Door): void {
      held.stopIdling();
      held.stopIdling = clock.after(idleMs, () => shut(previewId));
    }
  }

  async function opened(previewId: string): Promise<void> {
    const door = doors.get(previewId) ?? open(previewId);
    doors.set(previewId, door);
    try {
      await door.opened;
    } catch (error) {
      door.stopIdling();
      if (doors.get(previewId) === door) doors.delete(previewId);
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
      if (await options.previews().moveToFreePort(previewId)) return opened(previewId);
      throw new AppError('preview_port_taken', undefined, { cause: error });
    }
  }

  function shut(previewId: string): void {
    void shutDoor(previewId);
  }

  async function shutDoor(previewId: string): Promise<void> {
    const door = doors.get(previewId);
    if (!door) return;
    doors.delete(previewId);
    door.stopIdling();
    access.close(previewId);
    const listener = await door.opened.catch(() => undefined);
    await listener?.close();
  }

  return {
    async letIn(guest, { previewId, bridge, inspect }) {
      await opened(previewId);
      const { port } = options.previews().get(previewId);
      return { port, path: withTicket(access.makeTicket({ guest, previewId, bridge, inspect })) };
    },
    shut,
    async close() {
      await Promise.all([...doors.keys()].map(shutDoor));
    },
  };
}
