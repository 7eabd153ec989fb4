// One preview: started, watched, ended, and told of. Acts on it come one after the other. What may be started is decided elsewhere.
import type { Clock } from '../ports.ts';
import type { ListeningPort, ProbePort, ServerHost, ServerProcess } from '../ports/previews.ts';
import type { LobbyDraft } from '../protocol/lobby.ts';
import type { PreviewSummary } from '../protocol/previews.ts';
import { portMark, type ServerCandidate } from './candidate.ts';
import { type Happening, next } from './preview-state.ts';
import { createRecentLines, type LogPage } from './recent-lines.ts';
import { type Watch, watchServer } from './watching.ts';

const endMs = 4000;
const waitMs = 20_000;
/** Where a server that is told its port is told to listen: this much above the preview's own. */
const appPortsAbove = 1000;

/** Where the gateway finds what it shows. */
export type Target =
  /** `roots`: folders whose files its pages may load by their full paths. */
  | {
      readonly kind: 'server';
      readonly host: string;
      readonly port: number;
      readonly roots: readonly string[];
    }
  | { readonly kind: 'static'; readonly root: string };

export interface PreviewOptions {
  readonly host: ServerHost;
  readonly probe: ProbePort;
  readonly clock: Clock;
  /** The person's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly tell: (draft: LobbyDraft) => Promise<void>;
  /** It is shown no more. */
  readonly closed: (previewId: string) => void;
  readonly failed: (error: unknown) => void;
}

export interface Where {
  readonly cwd: string;
  /** Folders whose files its pages may load by their full paths. */
  readonly roots: readonly string[];
}

export interface Preview {
  readonly summary: PreviewSummary;
  /** Undefined while there is nothing to show. */
  readonly target: Target | undefined;
  /** Of a server of somebody else's: where it was found. */
  readonly found: ListeningPort | undefined;
  /** `act` runs when the acts before it are done. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  /** The five that follow are for acts in turn. */
  run(server: ServerCandidate, where: Where): Promise<void>;
  show(root: string): Promise<void>;
  /** Shows the server that was found. */
  adopt(where: ListeningPort): Promise<void>;
  stop(reason: string): Promise<void>;
  change(to: Partial<PreviewSummary>): void;
  /** An earlier daemon has left it running. */
  takeUp(process: ServerProcess, roots: readonly string[]): void;
  log(from: { after: number; wait: boolean }): Promise<LogPage>;
  /** The app did not take a connection. */
  notAnswering(): void;
  /** Lets go of a process that goes on. */
  detach(): void;
}

export function createPreview(
  first: PreviewSummary,
  found: ListeningPort | undefined,
  options: PreviewOptions,
): Preview {
  const { host, probe, clock, tell, failed } = options;
  const lines = createRecentLines(clock);
  const { previewId, folder } = first;
  let summary = first;
  let running: { readonly process: ServerProcess; readonly watch: Watch } | undefined;
  let root: string | undefined;
  let roots: readonly string[] = [folder];
  let last: Promise<unknown> = Promise.resolve();

  async function happened(happening: Happening): Promise<void> {
    const step = next(summary, happening, clock.now());
    if (!step) return;
    summary = step.preview;
    if (step.type === 'preview.crashed' || step.type === 'preview.stopped') letGo();
    await tell({ type: step.type, preview: step.preview });
  }

  function letGo(): void {
    running?.watch.close();
    running = undefined;
    root = undefined;
  }

  function follow(process: ServerProcess): void {
    const told = (happening: Happening) => void happened(happening).catch(failed);
    running = { process, watch: watchServer({ process, probe, clock, lines, happened: told, failed }) };
  }

  return {
    get summary() {
      return summary;
    },
    get target(): Target | undefined {
      if (summary.state !== 'ready') return undefined;
      if (root !== undefined) return { kind: 'static', root };
      const where = found ?? running?.watch.app;
      return where && { kind: 'server', host: where.host, port: where.port, roots };
    },
    found,
    inTurn(act) {
      const done = last.then(act);
      last = done.catch(() => undefined);
      return done;
    },
    async run({ argv, env }, { cwd, ...where }) {
      ({ roots } = where);
      await happened({ type: 'started' });
      const needsPort = [...argv, ...Object.values(env)].some((word) => word.includes(portMark));
      const appPort = needsPort ? String(await host.freePort(summary.port + appPortsAbove)) : '';
      const filled = (word: string) => word.replaceAll(portMark, appPort);
      const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value)]));
      const [file = '', ...args] = argv.map(filled);
      const spec = {
        ...{ previewId, args, cwd, env: { ...options.env, BROWSER: 'none', FORCE_COLOR: '1', ...own } },
        // A path in the project is the project's own program.
        file: file.includes('/') && !file.startsWith('/') ? `${cwd}/${file}` : file,
      };
      const process = await host.start(spec).catch((error: unknown) => startWords(file, error));
      if (typeof process === 'string') await happened({ type: 'couldNotStart', reason: process });
      else follow(process);
    },
    async show(folder) {
      await happened({ type: 'started' });
      root = folder;
      await happened({ type: 'answering', appPort: null, isExposed: false });
    },
    async adopt({ port, isExposed }) {
      await happened({ type: 'started' });
      await happened({ type: 'answering', appPort: port, isExposed });
    },
    async stop(reason) {
      const process = running?.process;
      // From here on its end is no crash.
      letGo();
      await process?.end(endMs);
      options.closed(previewId);
      await happened({ type: 'stopped', reason });
    },
    change(to) {
      summary = { ...summary, ...to };
    },
    takeUp(process, known) {
      roots = known;
      summary = { ...summary, state: 'starting', reason: '', appPort: null };
      follow(process);
    },
    async log({ after, wait }) {
      if (wait) await lines.grown(after, waitMs);
      const page = lines.page(after);
      return after > page.last ? lines.page(0) : page;
    },
    notAnswering: () => running?.watch.lookAgain(),
    detach: letGo,
  };
}

function startWords(file: string, error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (isMissing) return `${file} was not found on the computer.`;
  return `It could not be started: ${error instanceof Error ? error.message : String(error)}`;
}
