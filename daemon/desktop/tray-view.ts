// What the tray shows: its state at a glance and its menu. Pure. The number of blocks (what lines part) is always the same,
// because some trays have to be made anew for another one.
import type { ConversationSummary, LobbyView } from '../protocol/lobby.ts';
import type { TrayItem, TrayState, TrayView } from '../ports.ts';
import { inALine } from './request-in-a-line.ts';
import type { WaitingRequest } from './waiting-requests.ts';

export interface AtADesk {
  readonly lobby: LobbyView;
  readonly requests: readonly WaitingRequest[];
  /** The person wants the computer kept awake while Claude works. */
  readonly keepsAwake: boolean;
  /** Undefined where nothing could start it. */
  readonly startsAtLogin: boolean | undefined;
}

const maxRequests = 5;
const maxRunning = 5;
const maxPreviews = 4;

export function trayView(desk: AtADesk): TrayView {
  const { lobby } = desk;
  const state = stateOf(desk);
  const line = stateLine(desk);
  const block = (...items: readonly (readonly TrayItem[])[]): (TrayItem | 'separator')[] => [
    'separator',
    ...items.flat(),
  ];
  return {
    state,
    tooltip: `Porchlight: ${line}`,
    items: distinct([
      { id: 'state', title: line, enabled: false },
      ...asked(lobby),
      ...desk.requests.slice(0, maxRequests).flatMap(requestItems),
      ...more(desk.requests.length - maxRequests, 'requests'),
      ...runningItems(desk),
      ...previewItems(desk),
      ...block([item('open', 'Open Porchlight'), item('pair', 'Pair a phone…'), item('devices', 'Devices')]),
      ...block(switches(desk)),
      ...block([item('logs', 'Logs'), item('doctor', 'Doctor'), item('quit', 'Quit')]),
    ]),
  };
}

function item(id: string, title: string): TrayItem {
  return { id, title, enabled: true };
}

function isWorking({ state, since }: ConversationSummary): boolean {
  return state === 'working' && since !== null;
}

function conversationsOf({ lobby }: AtADesk): readonly ConversationSummary[] {
  return Object.values(lobby.conversations).toSorted((a, b) => b.lastAt - a.lastAt);
}

function stateOf(desk: AtADesk): TrayState {
  const { lobby } = desk;
  const all = conversationsOf(desk);
  const isAsked = lobby.pairings.length + lobby.confirmations.length > 0;
  if (isAsked || all.some(({ state }) => state === 'needsYou')) return 'needsYou';
  if (lobby.claude.state !== 'ready' && lobby.claude.state !== 'unknown') return 'error';
  if (lobby.paused && !all.some(isWorking)) return 'paused';
  return all.some(({ state }) => state === 'working') ? 'working' : 'idle';
}

function stateLine(desk: AtADesk): string {
  const { lobby } = desk;
  const all = conversationsOf(desk);
  const waiting = all.filter(({ state }) => state === 'needsYou').length;
  const working = all.filter(({ state }) => state === 'working').length;
  if (lobby.pairings.length > 0) return 'A phone wants to be paired';
  if (lobby.confirmations.length > 0) return 'A device asks for your yes';
  if (waiting > 0) return waiting === 1 ? 'Claude needs you' : `Claude needs you in ${waiting} conversations`;
  if (lobby.claude.state !== 'ready' && lobby.claude.state !== 'unknown') return lobby.claude.sentence;
  if (lobby.paused) return all.some(isWorking) ? 'Paused: what runs goes on to its end' : 'Paused';
  const awake = desk.keepsAwake && all.some(isWorking) ? ', and keeps the computer awake' : '';
  if (working > 0)
    return (working === 1 ? 'Claude is working' : `Claude is working on ${working} things`) + awake;
  return 'The light is on';
}

function asked({ pairings, confirmations }: LobbyView): TrayItem[] {
  return [
    ...pairings.map(({ pairingId, label, digits }) =>
      item(`pairing:${pairingId}`, `${label} shows ${digits.slice(0, 3)} ${digits.slice(3)}: answer…`),
    ),
    ...confirmations.map(({ confirmationId, label, act }) =>
      item(`confirmation:${confirmationId}`, `${label} wants to ${act}: answer…`),
    ),
  ];
}

function requestItems(request: WaitingRequest): TrayItem[] {
  const { conversationId, requestId } = request;
  const { line, what, mayAllow, mayDeny } = inALine(request);
  const opening = item(`conversation:${conversationId}`, mayAllow ? line : `${line} — answer…`);
  return [
    opening,
    ...(mayAllow ? [item(`allow:${conversationId}:${requestId}`, `↳ Allow “${what}”`)] : []),
    ...(mayDeny ? [item(`deny:${conversationId}:${requestId}`, `↳ Deny “${what}”`)] : []),
  ];
}

function runningItems(desk: AtADesk): TrayItem[] {
  const running = conversationsOf(desk).filter(({ state }) => state === 'working');
  return [
    ...running.slice(0, maxRunning).flatMap((conversation) => {
      const { conversationId, title, activity } = conversation;
      const name = title === '' ? 'New conversation' : title;
      const does = desk.lobby.paused && !isWorking(conversation) ? 'waits, all is paused' : activity;
      const stop = isWorking(conversation) ? [item(`stop:${conversationId}`, `↳ Stop “${name}”`)] : [];
      return [item(`conversation:${conversationId}`, does === '' ? name : `${name} — ${does}`), ...stop];
    }),
    ...more(running.length - maxRunning, 'at work'),
  ];
}

function previewItems({ lobby }: AtADesk): TrayItem[] {
  const up = Object.values(lobby.previews).filter(({ state }) => state === 'starting' || state === 'ready');
  return [
    ...up.slice(0, maxPreviews).flatMap(({ previewId, name, kind, folder, appPort, state }) => {
      const what = `${kind === 'found' && appPort !== null ? `port ${appPort}` : name} (${basename(folder)})`;
      const opening = `Preview ${what}${state === 'starting' ? ' — starting' : ''}`;
      return [
        item(`preview:${previewId}`, opening),
        item(`stop-preview:${previewId}`, kind === 'found' ? `↳ Show ${what} no longer` : `↳ Stop ${what}`),
      ];
    }),
    ...more(up.length - maxPreviews, 'previews'),
  ];
}

function basename(path: string): string {
  return path.split('/').at(-1) || path;
}

function more(count: number, of: string): TrayItem[] {
  return count > 0 ? [item('open', `${count} more ${of}…`)] : [];
}

/** The mark is part of the words: a tray's own check marks do not come off again on Linux (systray2 2.1.4). */
function switches({ lobby, keepsAwake, startsAtLogin }: AtADesk): TrayItem[] {
  const marked = (isOn: boolean, title: string) => (isOn ? `✓ ${title}` : title);
  return [
    lobby.paused ? item('resume', 'Resume') : item('pause', 'Pause all'),
    item('awake', marked(keepsAwake, 'Keep awake while working')),
    ...(startsAtLogin === undefined ? [] : [item('login', marked(startsAtLogin, 'Start at login'))]),
  ];
}

/** A row that is mistaken for another by its words would do the other's act. */
function distinct(items: readonly (TrayItem | 'separator')[]): readonly (TrayItem | 'separator')[] {
  const seen = new Map<string, number>();
  return items.map((each) => {
    if (each === 'separator') return each;
    const count = (seen.get(each.title) ?? 0) + 1;
    seen.set(each.title, count);
    return count === 1 ? each : { ...each, title: `${each.title} (${count})` };
  });
}
