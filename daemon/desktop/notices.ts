// Tells the person at the computer what they would want to know when nobody looks at a page: Claude needs them, long work is done,
// something went wrong. What is no longer so is taken away again. Decides only whether and what; showing is the port's.
import type { Conversations } from '../conversations/conversations.ts';
import type { Clock, Dispose } from '../ports.ts';
import type { DesktopNotice, Notify, Presence } from '../ports/desktop.ts';
import { AppError } from '../protocol/errors.ts';
import type { ConversationSummary, LobbyView } from '../protocol/lobby.ts';
import type { ReceiptItem } from '../protocol/view.ts';
import { inALine } from './request-in-a-line.ts';
import { type QuietHours, quietForMs } from './quiet-hours.ts';
import type { WaitingRequest } from './waiting-requests.ts';

/** Work that took less was hardly left alone. */
const longMs = 60_000;
const bodyLength = 120;

export interface Notices {
  /** The lobby, the requests or the settings have changed. */
  refresh(): void;
  close(): void;
}

export function createNotices(options: {
  lobby: () => LobbyView;
  requests: () => readonly WaitingRequest[];
  conversations: Pick<Conversations, 'get'>;
  presence: Presence;
  notify: Notify;
  settings: () => { readonly notifications: boolean; readonly quietHours: QuietHours | null };
  clock: Clock;
  /** As in the tray's menu. */
  pick: (itemId: string) => void;
  failed: (error: unknown) => void;
}): Notices {
  const { lobby, presence, clock, pick } = options;
  /** By what each is about. */
  const shown = new Map<string, Dispose>();
  let before = lobby();
  let cancelLook: Dispose | undefined;

  /** ms until something may be shown; 0 is now, undefined while somebody looks or none are wanted. */
  function dueInMs(): number | undefined {
    const { notifications, quietHours } = options.settings();
    const away = presence.awayInMs;
    if (!notifications || away === undefined) return undefined;
    return Math.max(away, quietForMs(quietHours, clock.now()));
  }

  function refresh(): void {
    cancelLook?.();
    if (presence.awayInMs === undefined) withdraw((key) => !key.startsWith('request'));
    const requests = new Map(
      options.requests().map((one) => [`request:${one.conversationId}:${one.requestId}`, one]),
    );
    withdraw((key) => key.startsWith('request') && !requests.has(key));
    compare(before, lobby());
    before = lobby();
    const due = dueInMs();
    const missing = [...requests].filter(([key]) => !shown.has(key));
    if (due === undefined || missing.length === 0) return;
    if (due > 0) cancelLook = clock.after(due, refresh);
    else for (const [key, request] of missing) show(key, requestNotice(request), request.conversationId);
  }

  function compare(was: LobbyView, now: LobbyView): void {
    const isBroken = now.claude.state !== 'ready' && now.claude.state !== 'unknown';
    if (isBroken && was.claude.state === 'ready')
      tell('claude', plain('Claude cannot work', now.claude.sentence));
    if (!isBroken) withdraw((key) => key === 'claude');
    for (const [id, summary] of Object.entries(now.conversations)) {
      const since = was.conversations[id]?.since ?? null;
      if (since !== null && summary.since === null && summary.state !== 'needsYou')
        outcome(summary, clock.now() - since).catch(options.failed);
    }
  }

  async function outcome(summary: ConversationSummary, durationMs: number): Promise<void> {
    const { conversationId, state } = summary;
    const receipt = await lastReceipt(conversationId);
    if (receipt?.outcome === 'stopped') return;
    const isDone = state === 'idle' && receipt?.outcome !== 'failed' && receipt?.outcome !== 'interrupted';
    if (isDone && durationMs < longMs) return;
    const words = isDone ? `done after ${minutesIn(durationMs)}` : 'the work was broken off';
    const body = isDone ? summary.lastText : (receipt?.error ?? '');
    tell(`ended:${conversationId}`, plain(`${nameOf(summary)}: ${words}`, body), conversationId);
  }

  async function lastReceipt(conversationId: string): Promise<ReceiptItem | undefined> {
    try {
      const { view } = await options.conversations.get(conversationId);
      return view.pages.flat().findLast((item) => item.kind === 'receipt');
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }

  /** What is news only at this moment: nobody is told of it later. */
  function tell(key: string, notice: DesktopNotice, conversationId?: string): void {
    if (dueInMs() === 0) show(key, notice, conversationId);
  }

  function show(key: string, notice: DesktopNotice, conversationId?: string): void {
    shown.get(key)?.();
    const opening = conversationId === undefined ? 'open' : `conversation:${conversationId}`;
    const remove = options.notify(notice, (actionId) => pick(actionId === 'open' ? opening : actionId));
    shown.set(key, remove);
  }

  function withdraw(isOver: (key: string) => boolean): void {
    for (const [key, remove] of shown) {
      if (!isOver(key)) continue;
      shown.delete(key);
      remove();
    }
  }

  const unwatch = presence.watch(refresh);
  return {
    refresh,
    close() {
      unwatch();
      cancelLook?.();
      withdraw(() => true);
    },
  };
}

function requestNotice(request: WaitingRequest): DesktopNotice {
  const { conversationId, requestId } = request;
  const { line, mayAllow, mayDeny } = inALine(request);
  const id = `${conversationId}:${requestId}`;
  return {
    title: 'Claude needs you',
    body: line,
    isUrgent: true,
    actions: [
      ...(mayAllow ? [{ id: `allow:${id}`, label: 'Allow' }] : []),
      ...(mayDeny ? [{ id: `deny:${id}`, label: 'Deny' }] : []),
    ],
  };
}

function plain(title: string, body: string): DesktopNotice {
  const text = body.replace(/\s+/g, ' ').trim();
  const short = text.length <= bodyLength ? text : `${text.slice(0, bodyLength - 1)}…`;
  return { title, body: short, isUrgent: false, actions: [] };
}

function nameOf({ title }: ConversationSummary): string {
  return title === '' ? 'A conversation' : title;
}

function minutesIn(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
