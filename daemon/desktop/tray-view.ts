// What the tray shows for a lobby: its state at a glance and its menu. Pure.
import type { ConversationSummary, LobbyView } from '../protocol/lobby.ts';
import type { TrayItem, TrayState, TrayView } from '../ports.ts';

const maxConversations = 8;

export function trayView(lobby: LobbyView): TrayView {
  const conversations = Object.values(lobby.conversations).toSorted((a, b) => b.lastAt - a.lastAt);
  const waiting = conversations.filter((c) => c.state === 'needsYou');
  const working = conversations.filter((c) => c.state === 'working');
  const state = stateOf({ lobby, waiting: waiting.length, working: working.length });
  const line = stateLine({ lobby, waiting: waiting.length, working: working.length });
  const pairings = lobby.pairings.map(
    ({ pairingId, label, digits }): TrayItem => ({
      id: `pairing:${pairingId}`,
      title: `${label} shows ${digits.slice(0, 3)} ${digits.slice(3)}: answer…`,
      enabled: true,
    }),
  );
  const confirmations = lobby.confirmations.map(
    ({ confirmationId, label, act }): TrayItem => ({
      id: `confirmation:${confirmationId}`,
      title: `${label} wants to ${act}: answer…`,
      enabled: true,
    }),
  );
  const shown = [...waiting, ...working].slice(0, maxConversations).map(conversationItem);
  return {
    state,
    tooltip: `Porchlight: ${line}`,
    items: [
      { id: 'state', title: line, enabled: false },
      ...pairings,
      ...confirmations,
      ...shown,
      'separator',
      { id: 'open', title: 'Open Porchlight', enabled: true },
      { id: 'pair', title: 'Pair a phone…', enabled: true },
      'separator',
      { id: 'quit', title: 'Quit', enabled: true },
    ],
  };
}

interface Counts {
  readonly lobby: LobbyView;
  readonly waiting: number;
  readonly working: number;
}

function stateOf({ lobby, waiting, working }: Counts): TrayState {
  const asked = lobby.pairings.length + lobby.confirmations.length;
  if (waiting > 0 || asked > 0) return 'needsYou';
  if (lobby.claude.state !== 'ready' && lobby.claude.state !== 'unknown') return 'error';
  return working > 0 ? 'working' : 'idle';
}

function stateLine({ lobby, waiting, working }: Counts): string {
  if (lobby.pairings.length > 0) return 'A phone wants to be paired';
  if (lobby.confirmations.length > 0) return 'A device asks for your yes';
  if (waiting > 0) return waiting === 1 ? 'Claude needs you' : `Claude needs you in ${waiting} conversations`;
  if (lobby.claude.state !== 'ready' && lobby.claude.state !== 'unknown') return lobby.claude.sentence;
  if (working > 0) return working === 1 ? 'Claude is working' : `Claude is working on ${working} things`;
  return 'The light is on';
}

function conversationItem({ conversationId, title, state, activity }: ConversationSummary): TrayItem {
  const name = title === '' ? 'New conversation' : title;
  const doing = state === 'needsYou' ? 'needs you' : activity;
  return {
    id: `conversation:${conversationId}`,
    title: doing === '' ? name : `${name} — ${doing}`,
    enabled: true,
  };
}
