// All conversations: opens their logs when they are needed, keeps their line in the lobby true, and after a start takes up
// the runs that an earlier daemon left.
import type { Clock, Disk, EventStore, Logger, Run } from '../ports.ts';
import type { Claude } from '../ports/claude.ts';
import { AppError } from '../protocol/errors.ts';
import { Mode } from '../protocol/events.ts';
import type { ConversationSummary } from '../protocol/lobby.ts';
import type { Limit } from '../protocol/usage.ts';
import type { ConversationView } from '../protocol/view.ts';
import { forkDrafts } from './branching.ts';
import { type Conversation, openConversation } from './conversation.ts';
import type { ToolWork } from './tool-work.ts';
import { createFoldings } from './foldings.ts';
import type { Lobby } from './lobby.ts';
import { createRunPlaces } from './run-places.ts';
import { refuseInTrouble } from './disk-trouble.ts';
import { summaryOf } from './summary.ts';
import type { Uploads } from './uploads.ts';

export interface Conversations {
  /** Resolves with the new id when the conversation is on disk and listed. */
  create(spec: { cwd: string; title: string; mode: Mode; model: string | null }): Promise<string>;
  /** What was said before the message, or all of it, in a conversation of its own. Rejects with `no_way_back`. */
  fork(from: {
    conversationId: string;
    messageId: string | null;
    deviceId: string;
  }): Promise<{ conversationId: string; text: string }>;
  /** Rejects with `conversation_not_found`. */
  get(conversationId: string): Promise<Conversation>;
  /** Newest first. */
  list(): readonly ConversationSummary[];
  /** Ends its run and removes its log. */
  delete(conversationId: string): Promise<void>;
  /** Lists every conversation that has a log, for a list that was lost. */
  listAgain(): Promise<void>;
  recover(runs: readonly Run[]): Promise<void>;
  /** Claude can be started again, the disk be written to, or a device was shut out: all look anew at what waits. */
  wake(): void;
  /** What Claude is started with in this folder is another by now. */
  renewRuns(cwd: string): void;
  /** As `renewRuns` for every folder, and what waits for a place or for its rest looks anew. */
  settingsChanged(): void;
  /** Lets go of all runs; they go on. */
  close(): Promise<void>;
}

export interface ConversationsOptions {
  readonly store: EventStore;
  readonly uploads: Uploads;
  readonly lobby: Lobby;
  readonly claude: Claude;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** Names this build's fold: checkpoints of another are void. */
  readonly foldVersion: string;
  readonly mayBypass: () => boolean;
  /** False for a device that was shut out. */
  readonly mayAsk: (deviceId: string) => boolean;
  /** Whether nothing new is to be begun; when that ends, `wake` is called. */
  readonly isPaused: () => boolean;
  readonly idleMs: () => number;
  /** A tool of Claude's is done, or goes on beside the turn. */
  readonly worked: (work: ToolWork) => void;
  /** Runs that may be up at once. */
  readonly maxRuns: () => number;
  /** How long after something was said a log is looked through for what can be folded away, ms. */
  readonly foldAfterMs: number;
}

export function createConversations(options: ConversationsOptions): Conversations {
  const { store, lobby, claude, disk, clock, logger, newId } = options;
  const open = new Map<string, Promise<Conversation>>();
  /** On their way out: what still happens there must not put them on the list again. */
  const leaving = new Set<string>();
  /** Asked for twice, a deletion is done once. */
  const deletions = new Map<string, Promise<void>>();
  const places = createRunPlaces(options.maxRuns);
  const foldings = createFoldings({ clock, logger, afterMs: options.foldAfterMs });

  let isRecovered = false;
  let noted: Promise<void> = Promise.resolve();

  /**
   * Resolves at once, or when it is on disk that something is left to do: a restart looks only there.
   * `lastAt` alone is not worth an event; it comes along with the next change that is.
   */
  async function list(view: ConversationView): Promise<void> {
    const summary = summaryOf(view);
    const { conversationId } = summary;
    if (leaving.has(conversationId)) return;
    const before = lobby.accepted.conversations[conversationId];
    if (!before || differs(before, summary)) {
      noted = lobby
        .record({ type: 'conversation.changed', ...summary, day: clock.today() })
        .catch((error: unknown) => logger.error('the list could not be updated', error));
    }
    if (isUnsettled(summary) && !isUnsettled(lobby.view.conversations[conversationId])) await noted;
  }

  /** Limits are of the account, whichever conversation hears of them. */
  function limited({ window, status, resetsAt, used }: Limit): void {
    const limit = { window, status, resetsAt, used };
    if (JSON.stringify(lobby.accepted.limits[window]) === JSON.stringify(limit)) return;
    lobby
      .record({ type: 'limit.changed', limit })
      .catch((error: unknown) => logger.error('a limit could not be noted', error));
  }

  async function load(conversationId: string): Promise<Conversation> {
    const log = await store.open(conversationId);
    const changed = (view: ConversationView) => {
      foldings.ask(log);
      return list(view);
    };
    const conversation = await openConversation({ ...options, log, places, changed, limited });
    foldings.ask(log);
    // The list may not have heard of what a daemon that was killed left in it.
    if (isRecovered && !log.damaged) await conversation.recover([]);
    return conversation;
  }

  function get(conversationId: string): Promise<Conversation> {
    // One whose deletion is not on the disk yet is still there: nobody may hear otherwise, for it may not come to it.
    if (!Object.hasOwn(lobby.view.conversations, conversationId))
      return Promise.reject(new AppError('conversation_not_found'));
    const conversation = open.get(conversationId) ?? load(conversationId);
    open.set(conversationId, conversation);
    conversation.catch(() => open.delete(conversationId));
    return conversation;
  }

  /** From here on its log is in the list. */
  async function enlist(conversationId: string): Promise<void> {
    const conversation = load(conversationId);
    open.set(conversationId, conversation);
    await lobby.record({ type: 'conversation.changed', ...summaryOf((await conversation).view) });
  }

  /** Takes up what an earlier daemon left; a log that is damaged takes no more, so its runs only end, their spools stay. */
  async function settle(conversationId: string, runs: readonly Run[]): Promise<void> {
    const conversation = await get(conversationId);
    await list(conversation.view);
    if (!conversation.log.damaged) return conversation.recover(runs);
    for (const run of runs) await run.kill(2000);
  }

  function wake(): void {
    for (const conversation of open.values()) void conversation.then((c) => c.wake(), toldToWhoeverAsked);
  }

  async function remove(conversationId: string): Promise<void> {
    const conversation = await get(conversationId);
    leaving.add(conversationId);
    try {
      await lobby.record({ type: 'conversation.deleted', conversationId });
      open.delete(conversationId);
      await conversation.end();
    } finally {
      leaving.delete(conversationId);
    }
    options.uploads.forget(conversationId);
    await store.remove(conversationId);
  }

  // What the list could not take is noted on the reserve, or when there is room again; what waited goes on.
  const unwatch = disk.watch(() => {
    for (const conversation of open.values()) void conversation.then((c) => list(c.view), toldToWhoeverAsked);
    if (!disk.trouble) wake();
  });

  return {
    get,
    async create({ cwd, title, mode, model }) {
      if (mode === 'bypassPermissions' && !options.mayBypass()) throw new AppError('bypass_not_allowed');
      await refuseInTrouble(disk);
      const conversationId = newId();
      const log = await store.open(conversationId);
      await log.append([{ type: 'conversation.created', conversationId, cwd, title, mode, model }]).durable;
      await enlist(conversationId);
      return conversationId;
    },
    async fork({ conversationId: sourceId, messageId, deviceId }) {
      await refuseInTrouble(disk);
      const { view: source, past } = await get(sourceId);
      const point = past.point(messageId);
      const known = Mode.safeParse(source.mode);
      const mayKeep = known.success && (known.data !== 'bypassPermissions' || options.mayBypass());
      const conversationId = newId();
      const log = await store.open(conversationId);
      const batches = forkDrafts({
        ...{ source, point, conversationId, deviceId },
        mode: mayKeep ? known.data : 'default',
      });
      // Those of the message too: it is to be written anew there.
      const shown = point.message ? [...point.before, point.message] : point.before;
      await options.uploads.share(sourceId, conversationId, shown);
      for (const drafts of batches) await log.append(drafts).durable;
      await enlist(conversationId);
      return { conversationId, text: point.message?.text ?? '' };
    },
    list: () => Object.values(lobby.accepted.conversations).toSorted((a, b) => b.lastAt - a.lastAt),
    delete(conversationId) {
      const going =
        deletions.get(conversationId) ??
        remove(conversationId).finally(() => deletions.delete(conversationId));
      deletions.set(conversationId, going);
      return going;
    },
    async listAgain() {
      for (const name of await store.names()) {
        const conversation = load(name);
        const { view } = await conversation;
        if (view.conversationId !== name) continue;
        open.set(name, conversation);
        await lobby.record({ type: 'conversation.changed', ...summaryOf(view) });
      }
    },
    async recover(runs) {
      for (const name of await store.names()) if (lobby.deleted.has(name)) await store.remove(name);
      for (const run of runs) {
        if (lobby.accepted.conversations[run.conversationId]) continue;
        await run.kill(2000);
        await claude.forget(run.runId);
      }
      const unsettled = Object.values(lobby.accepted.conversations).filter(isUnsettled);
      const ids = new Set([
        ...unsettled.map((c) => c.conversationId),
        ...runs.map((run) => run.conversationId),
      ]);
      for (const id of ids) {
        if (!lobby.accepted.conversations[id]) continue;
        // One that cannot be settled must not keep the others from being used.
        await settle(
          id,
          runs.filter((run) => run.conversationId === id),
        ).catch((error: unknown) =>
          logger.error('a conversation could not be settled', error, { conversationId: id }),
        );
      }
      isRecovered = true;
    },
    renewRuns(cwd) {
      for (const conversation of open.values()) {
        void conversation.then((c) => {
          if (c.view.cwd === cwd) c.renewRun();
        });
      }
    },
    settingsChanged() {
      places.look();
      for (const conversation of open.values())
        void conversation.then((c) => c.settingsChanged(), toldToWhoeverAsked);
    },
    wake,
    async close() {
      unwatch();
      foldings.close();
      for (const conversation of open.values()) await (await conversation).close();
    },
  };
}

function toldToWhoeverAsked(): void {}

/** Field by field: what was parsed has its fields in the schema's order. */
function differs(before: ConversationSummary, now: ConversationSummary): boolean {
  const { lastAt: _whenever, ...worth } = now;
  return (Object.keys(worth) as (keyof typeof worth)[]).some((field) => before[field] !== now[field]);
}

function isUnsettled(summary: ConversationSummary | undefined): boolean {
  return summary?.state === 'working' || summary?.state === 'needsYou';
}
