// The part of the composition root that previews apps: what may be started, the servers that run, the ports where devices see them.
// Ties them to the home and the lobby; nothing is decided here.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { defaultPort } from './config.ts';
import type { Lobby } from './conversations/lobby.ts';
import { createPreviewDoors } from './http/preview-doors.ts';
import type { Clock, Disk, Folders, Logger, RandomBytes } from './ports.ts';
import type { Certificates } from './ports/certificates.ts';
import type { PagePictures } from './ports/page-pictures.ts';
import type { PreviewDoors } from './ports/preview-doors.ts';
import { createNoticing, type Noticing } from './previews/noticing.ts';
import { createPreviews, type Previews } from './previews/previews.ts';
import { createRegistry, PreviewsDocument, spreadOf } from './previews/registry.ts';
import type { Trust } from './projects/trust.ts';
import { AppError } from './protocol/errors.ts';
import { openDocument } from './store/documents.ts';
import { createPagePictures } from './system/page-pictures.ts';
import { probePort } from './system/probe-port.ts';
import { projectFiles } from './system/project-files.ts';
import { createServerHost } from './system/server-host.ts';
import { leaderOfRun } from './system/run-host.ts';
import { runApart, runCommand } from './system/spawn.ts';

export interface Previewing {
  readonly previews: Previews;
  readonly previewDoors: PreviewDoors;
  readonly pagePictures: PagePictures;
  /** What Claude does may have started a server. */
  readonly heard: Noticing['heard'];
  /** Shuts all doors, and ends the servers that do not outlive the daemon. */
  close(): Promise<void>;
}

export async function openPreviewing(options: {
  home: string;
  lobby: Lobby;
  trust: Trust;
  folders: Folders;
  certificates: Certificates;
  clock: Clock;
  random: RandomBytes;
  logger: Logger;
  disk: Disk;
  /** The person's environment. */
  env: Readonly<Record<string, string>>;
  platform: NodeJS.Platform;
  /** Where the daemon listens. */
  host: string;
  ownPort: () => number;
  /** Names and addresses of this computer, as they stand in a URL. */
  names: () => readonly string[];
}): Promise<Previewing> {
  const { home, lobby, trust, folders, clock, logger, platform, disk } = options;
  const failed = (error: unknown) => logger.error('previews', error);
  const document = await openDocument({
    path: join(home, 'previews.json'),
    initial: { previews: [], ports: [] },
    parse: (json) => PreviewsDocument.parse(json),
    disk,
  });
  const host = createServerHost({
    ...{ folder: join(home, 'previews'), platform, clock, run: runCommand },
    leaderOfRun: (runId) => leaderOfRun(join(home, 'runs'), runId),
  });
  const registry = createRegistry({
    document,
    isFree: async (port) => (await host.freePort(port)) === port,
    // The usual daemon has the first ones, which a firewall may be told of; another beside it keeps away from them.
    startAt: options.ownPort() === defaultPort ? 0 : spreadOf(home),
  });
  const previewDoors = createPreviewDoors({
    ...{ ...options, registry, previews: () => previews },
    names: () => new Set(options.names()),
  });
  const previews = createPreviews({
    ...{ registry, host, clock, files: projectFiles, probe: probePort, env: options.env, newId: randomUUID },
    isTrusted: async (folder) => (await trust.trustIn(folder)).trusted,
    async resolveFolder(path) {
      const real = await folders.resolve(path);
      if (real === undefined) throw new AppError('folder_not_found');
      return real;
    },
    ...{ tell: lobby.record, known: lobby.view.previews, closed: previewDoors.shut },
    failed,
  });
  const noticing = createNoticing({ host, probe: probePort, clock, previews, failed });
  return {
    previews,
    previewDoors,
    pagePictures: createPagePictures({ run: runApart, path: options.env['PATH'] ?? '' }),
    heard: noticing.heard,
    async close() {
      noticing.close();
      await previewDoors.close();
      await previews.close();
    },
  };
}
