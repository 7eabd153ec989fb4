// What must hold once all has come to rest over a healed network: nothing waits, nothing hangs, everyone has the same picture,
// and the log tells of the runs what the runs themselves say they did.
import { fold } from '../../daemon/protocol/fold.ts';
import { emptyLobby, foldLobby } from '../../daemon/protocol/lobby.ts';
import { type ConversationView, emptyView, type Item } from '../../daemon/protocol/view.ts';
import type { Journals, Logs } from './check-promises.ts';
import { difference } from './difference.ts';
import type { SeenEvent } from './journal.ts';
import type { PhoneReport } from './phones.ts';
import { deletedIn } from './read-log.ts';
import { replyTo } from './reply.mjs';

/** What the stand-in wrote down. */
export interface Witness {
  /** Message ids in the order in which they were run. */
  readonly ran: readonly string[];
  /** Turns that came to their result, with the pid of their run. */
  readonly finished: readonly { readonly turnId: string; readonly pid: number }[];
}

export interface End {
  readonly logs: Logs;
  readonly journals: Journals;
  readonly reports: Readonly<Record<string, PhoneReport>>;
  /** As the daemon gives them out, by log. */
  readonly snapshots: ReadonlyMap<string, unknown>;
  readonly witness: Witness;
  /** Runs whose spool a power cut may have spoilt. */
  readonly spoiltPids: ReadonlySet<number>;
  /** Stand-ins that run, and the pids that the daemon knows of, by conversation. */
  readonly running: readonly number[];
  readonly known: ReadonlyMap<number, string>;
}

export function violationsAtEnd(end: End): string[] {
  const { logs, journals, reports, witness } = end;
  const deleted = deletedIn(logs);
  const views = new Map(
    [...logs].filter(([log]) => log !== 'lobby').map(([log, { events }]) => [log, foldAll(events)]),
  );
  const found: string[] = [];
  for (const [name, lines] of Object.entries(journals)) {
    const acked = new Set(lines.flatMap((line) => (line.did === 'acked' ? [line.clientId] : [])));
    for (const line of lines)
      if (line.did === 'send' && !acked.has(line.clientId) && !deleted.has(line.log))
        found.push(`${name}: the message ${line.clientId} was never acknowledged`);
  }
  for (const [name, { waiting, refused }] of Object.entries(reports))
    if (waiting + refused > 0) found.push(`${name}: ${waiting} messages wait and ${refused} are refused`);
  for (const [log, view] of views)
    found.push(...notAtRest(log, view), ...wrongReplies(log, logs.get(log)?.events ?? [], end));
  found.push(...differentViews(end, views), ...wrongRuns(end, views));
  const twice = witness.ran.filter((id, index) => witness.ran.indexOf(id) !== index);
  for (const id of twice) found.push(`Claude ran the message ${id} twice`);
  return found;
}

function foldAll(events: readonly SeenEvent[]): ConversationView {
  return events.reduce((view, event) => fold(view, event), emptyView);
}

/** Short words for what is still under way in a conversation. */
export function notAtRest(log: string, view: ConversationView): string[] {
  const under: Record<string, boolean> = {
    'a turn': view.turn !== null,
    'a queue': view.queue.length > 0,
    'a message without an answer': view.unanswered.length > 0,
    'a request': view.requests.length > 0,
    'an open block': view.open.length > 0,
  };
  return Object.keys(under)
    .filter((what) => under[what])
    .map((what) => `${log} hangs with ${what}`);
}

function itemsOf(view: ConversationView): readonly Item[] {
  return view.pages.flat();
}

/** Texts are those that follow from the message, and come once; what the runs finished is finished in the log, once. */
function wrongReplies(log: string, events: readonly SeenEvent[], { witness, spoiltPids }: End): string[] {
  const found: string[] = [];
  const pieces = new Map<string, SeenEvent[]>();
  let lastFolded = 0;
  const offsets = new Map<string, number>();
  for (const event of events) {
    const source = event['source'] as { runId: string; offset: number } | undefined;
    if (source && source.offset < (offsets.get(source.runId) ?? 0))
      found.push(`${log}: event ${event.id} goes back in its spool`);
    if (source) offsets.set(source.runId, source.offset);
    const blockId = String(event['blockId']);
    if (event.type === 'deltas.folded') lastFolded = event.id;
    if (event.type === 'text.delta') pieces.set(blockId, [...(pieces.get(blockId) ?? []), event]);
    if (event.type !== 'text.finished') continue;
    const expected = replyTo(blockId.slice('msg_'.length).split(':')[0] ?? '').deltas.join('');
    if (event['text'] !== expected)
      found.push(`${log}: the reply in event ${event.id} is not what Claude said`);
    const said = pieces.get(blockId) ?? [];
    const isWhole = (said[0]?.id ?? 0) > lastFolded;
    if (!(isWhole ? said.map(textOf).join('') === expected : isPartOf(said.map(textOf), expected)))
      found.push(`${log}: the deltas before event ${event.id} are not what Claude said`);
  }
  const finished = events.filter((event) => event.type === 'turn.finished').map((event) => event['turnId']);
  for (const { turnId, pid } of witness.finished) {
    const isOurs = events.some((event) => event.type === 'turn.started' && event['turnId'] === turnId);
    const times = finished.filter((id) => id === turnId).length;
    if (isOurs && times !== 1 && !(times === 0 && spoiltPids.has(pid)))
      found.push(`${log}: the turn ${turnId} is finished ${times} times in the log`);
  }
  return found;
}

function textOf(event: SeenEvent): string {
  return String(event['text']);
}

/** What is left of a text when some of its pieces, but not the first, were folded away. */
function isPartOf(pieces: readonly string[], text: string): boolean {
  if (!text.startsWith(pieces[0] ?? '\0')) return false;
  let at = 0;
  for (const piece of pieces) {
    const next = text.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return true;
}

function differentViews(
  { reports, snapshots, logs }: End,
  views: ReadonlyMap<string, ConversationView>,
): string[] {
  const found: string[] = [];
  const lobby = (logs.get('lobby')?.events ?? []).reduce((view, event) => foldLobby(view, event), emptyLobby);
  const pictures = [
    ...Object.entries(reports).flatMap(([name, { lobby: its, views: theirs }]) => [
      { whose: name, log: 'lobby', is: its },
      ...[...views.keys()].map((log) => ({ whose: name, log, is: theirs[log] })),
    ]),
    ...[...snapshots].map(([log, is]) => ({ whose: 'the daemon', log, is })),
  ];
  for (const { whose, log, is } of pictures) {
    const view = views.get(log);
    const apart = difference(is, view ? cutTo(view, droppedOf(is)) : lobby);
    if (apart !== undefined) found.push(`${whose} has another view of ${log} than its log gives: ${apart}`);
  }
  return found;
}

/** The beginning of a long conversation may be left out. */
function droppedOf(view: unknown): number {
  return typeof view === 'object' && view !== null && 'dropped' in view ? Number(view.dropped) : 0;
}

function cutTo(view: ConversationView, dropped: number): ConversationView {
  return { ...view, pages: view.pages.slice(dropped), dropped };
}

function wrongRuns({ running, known, witness }: End, views: ReadonlyMap<string, ConversationView>): string[] {
  const found: string[] = [];
  for (const pid of running) {
    const conversation = known.get(pid);
    if (conversation === undefined) found.push(`the claude with pid ${pid} runs and nobody knows of it`);
    else if (views.get(conversation)?.runId === null)
      found.push(`the claude with pid ${pid} runs beside its conversation`);
  }
  const byConversation = running.map((pid) => known.get(pid));
  if (new Set(byConversation).size !== running.length) found.push('two claudes run for one conversation');
  const ran = new Set(witness.ran);
  for (const [log, view] of views)
    for (const item of itemsOf(view)) {
      if (item.kind !== 'message') continue;
      if (item.state === 'sent' || item.state === 'handed')
        found.push(`${log}: the message ${item.key} stays ${item.state}`);
      if (item.state === 'answered' && !ran.has(item.key))
        found.push(`${log}: the message ${item.key} counts as answered, but Claude never ran it`);
    }
  return found;
}
