// All previews: what was approved may be started, exactly as it was approved; what was found is offered. Who may ask for what is
// said by the commands.
import type { ListeningPort, ProjectFiles } from '../ports/previews.ts';
import { AppError } from '../protocol/errors.ts';
import type { PreviewOffer, PreviewSummary } from '../protocol/previews.ts';
import { commandWords } from './candidate.ts';
import { type Detected, detect } from './detect.ts';
import { createPreview, type Preview, type PreviewOptions, type Target } from './preview.ts';
import type { LogPage } from './recent-lines.ts';
import type { ApprovedPreview, Registry } from './registry.ts';
import { pageFolders } from './workspace.ts';

export interface Previews {
  list(): readonly PreviewSummary[];
  /** Rejects with `preview_not_found`, as all that take an id. */
  get(previewId: string): PreviewSummary;
  /** Rejects with `folder_not_found`. */
  offers(path: string): Promise<{ folder: string; offers: readonly PreviewOffer[] }>;
  /** Rejects with `preview_changed` when nothing there has this id any more. */
  approve(path: string, offerId: string): Promise<string>;
  /** Rejects with `preview_changed` when the folder would run something else than what was approved. Adopts a found one. */
  start(previewId: string): Promise<void>;
  stop(previewId: string): Promise<void>;
  restart(previewId: string): Promise<void>;
  forget(previewId: string): Promise<void>;
  configure(previewId: string, change: { outlives: boolean }): Promise<void>;
  log(previewId: string, from: { after: number; wait: boolean }): Promise<LogPage>;
  /** Undefined while there is nothing to show. */
  target(previewId: string): Target | undefined;
  /** The app did not take a connection. */
  notAnswering(previewId: string): void;
  /** Its port is taken by another program: gets another one, if no device has been there yet. False: it keeps its own. */
  moveToFreePort(previewId: string): Promise<boolean>;
  /** A server of somebody else's, offered until somebody starts to show it. Gives its id; undefined when it is known. */
  offerFound(found: FoundServer): Promise<string | undefined>;
  /** What has listened there is gone. */
  foundEnded(previewId: string): Promise<void>;
  /** Takes up what an earlier daemon left. */
  recover(): Promise<void>;
  /** Ends those that do not outlive the daemon. */
  close(): Promise<void>;
}

export interface FoundServer {
  readonly folder: string;
  readonly conversationId: string;
  readonly where: ListeningPort;
}

export interface PreviewsOptions extends PreviewOptions {
  readonly registry: Registry;
  readonly files: ProjectFiles;
  readonly newId: () => string;
  readonly isTrusted: (folder: string) => Promise<boolean>;
  /** Rejects with `folder_not_found`. */
  readonly resolveFolder: (path: string) => Promise<string>;
  /** As the lobby has them from before. */
  readonly known: Readonly<Record<string, PreviewSummary>>;
}

export function createPreviews(options: PreviewsOptions): Previews {
  const { registry, files, host, clock, tell, known } = options;
  const held = new Map<string, Preview>();

  function find(previewId: string): Preview {
    const one = held.get(previewId);
    if (!one) throw new AppError('preview_not_found');
    return one;
  }

  function hold(summary: PreviewSummary, found?: ListeningPort): Preview {
    const one = createPreview(summary, found, options);
    held.set(summary.previewId, one);
    return one;
  }

  async function detected(folder: string): Promise<readonly Detected[]> {
    return detect(files, { folder, isTrusted: await options.isTrusted(folder) });
  }

  async function start(one: Preview): Promise<void> {
    const { previewId, state } = one.summary;
    if (state === 'starting' || state === 'ready') return;
    if (one.found) return one.adopt(one.found);
    const approved = registry.find(previewId);
    if (!approved) throw new AppError('preview_not_found');
    const { folder, offerId } = approved;
    const now = (await detected(folder)).find((offer) => offer.offerId === offerId)?.candidate;
    if (!now) throw new AppError('preview_changed');
    const inside = now.inside === '.' ? folder : await files.resolve(`${folder}/${now.inside}`);
    // A link may lead anywhere by now.
    if (inside === undefined || !(inside === folder || inside.startsWith(`${folder}/`)))
      throw new AppError('preview_changed', `There is no folder ${now.inside} in this project any more.`);
    if (now.kind === 'static') return one.show(inside);
    return one.run(now, { cwd: inside, roots: await pageFolders(files, folder) });
  }

  async function summaryOf(approved: ApprovedPreview): Promise<PreviewSummary> {
    const { previewId, folder, name, tool, kind, command, outlives } = approved;
    const port = await registry.portOf(approved);
    return { previewId, folder, name, tool, kind, command, outlives, port, ...atRest(clock.now()) };
  }

  return {
    list: () => [...held.values()].map(({ summary }) => summary),
    get: (previewId) => find(previewId).summary,
    async offers(path) {
      const folder = await options.resolveFolder(path);
      const approved = new Map(registry.list().map((one) => [one.offerId, one.previewId]));
      const offers = (await detected(folder)).map(({ offerId, candidate }): PreviewOffer => {
        const { name, tool, kind, inside, source, note } = candidate;
        const script = candidate.kind === 'server' ? candidate.script : '';
        const told = { offerId, name, tool, kind, inside, source, note, script };
        return { ...told, command: commandWords(candidate), previewId: approved.get(offerId) ?? null };
      });
      return { folder, offers };
    },
    async approve(path, offerId) {
      const folder = await options.resolveFolder(path);
      const candidate = (await detected(folder)).find((offer) => offer.offerId === offerId)?.candidate;
      if (!candidate) throw new AppError('preview_changed');
      const { name, tool, kind, inside } = candidate;
      const before = registry.list().find((one) => one.folder === folder && one.name === name);
      if (before?.offerId === offerId) return before.previewId;
      const previewId = before?.previewId ?? options.newId();
      const command = commandWords(candidate);
      const outlives = before?.outlives ?? false;
      const approved = { previewId, folder, name, tool, kind, inside, offerId, command, outlives };
      await registry.save(approved);
      const one = held.get(previewId) ?? hold(await summaryOf(approved));
      one.change({ tool, kind, command });
      await tell({ type: 'preview.approved', preview: one.summary });
      return previewId;
    },
    async start(previewId) {
      const one = find(previewId);
      await one.inTurn(() => start(one));
    },
    async stop(previewId) {
      const one = find(previewId);
      await one.inTurn(() => one.stop(''));
    },
    async restart(previewId) {
      const one = find(previewId);
      await one.inTurn(async () => {
        // It is not ours to end.
        if (!one.found) await one.stop('');
        await start(one);
      });
    },
    async forget(previewId) {
      const one = find(previewId);
      await one.inTurn(async () => {
        await one.stop('');
        held.delete(previewId);
        await registry.remove(previewId);
        await tell({ type: 'preview.forgotten', previewId });
      });
    },
    async configure(previewId, { outlives }) {
      const approved = registry.find(previewId);
      if (!approved) throw new AppError('preview_not_found');
      await registry.save({ ...approved, outlives });
      const one = find(previewId);
      one.change({ outlives });
      await tell({ type: 'preview.changed', preview: one.summary });
    },
    log: async (previewId, from) => find(previewId).log(from),
    target: (previewId) => held.get(previewId)?.target,
    notAnswering: (previewId) => held.get(previewId)?.notAnswering(),
    async moveToFreePort(previewId) {
      const one = find(previewId);
      const port = await registry.moveUnvisited(one.summary);
      if (port === undefined) return false;
      one.change({ port });
      await tell({ type: 'preview.changed', preview: one.summary });
      return true;
    },
    async offerFound({ folder, conversationId, where }) {
      const isKnown = [...held.values()].some(
        ({ summary: { appPort, state }, found }) => appPort === where.port && (found || state === 'ready'),
      );
      if (isKnown) return undefined;
      const name = `port ${where.port}`;
      const port = await registry.portOf({ folder, name });
      const summary: PreviewSummary = {
        ...{ previewId: options.newId(), folder, name, tool: 'Claude’s server', kind: 'found', command: '' },
        ...{ outlives: false, port, ...atRest(clock.now()), state: 'offered', conversationId },
        ...{ appPort: where.port, isExposed: where.isExposed },
      };
      hold(summary, where);
      await tell({ type: 'preview.detected', preview: summary });
      return summary.previewId;
    },
    async foundEnded(previewId) {
      const one = held.get(previewId);
      await one?.inTurn(async () => {
        options.closed(previewId);
        held.delete(previewId);
        await tell({ type: 'preview.forgotten', previewId });
      });
    },
    async recover() {
      for (const approved of registry.list()) hold(await summaryOf(approved));
      const taken = new Set<string>();
      for (const process of await host.recover()) {
        const one = held.get(process.previewId);
        if (!one) await process.end(2000);
        else {
          one.takeUp(process, await pageFolders(files, one.summary.folder));
          taken.add(process.previewId);
        }
      }
      for (const { previewId, state } of Object.values(known)) {
        const one = held.get(previewId);
        if (!one) await tell({ type: 'preview.forgotten', previewId });
        else if (!taken.has(previewId) && (state === 'starting' || state === 'ready')) {
          one.change({ reason: 'It ended while Porchlight was away.' });
          await tell({ type: 'preview.stopped', preview: one.summary });
        }
      }
    },
    async close() {
      for (const one of held.values()) {
        const { kind, outlives } = one.summary;
        if (kind === 'server' && outlives) one.detach();
        else await one.inTurn(() => one.stop('Porchlight was stopped.'));
      }
    },
  };
}

type AtRest = Omit<
  PreviewSummary,
  'previewId' | 'folder' | 'name' | 'tool' | 'kind' | 'command' | 'outlives' | 'port'
>;

function atRest(at: number): AtRest {
  return {
    ...{ state: 'stopped', since: at, reason: '', exitCode: null, lastLines: [], appPort: null },
    ...{ isExposed: false, conversationId: null },
  };
}
