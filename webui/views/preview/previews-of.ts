// Which previews concern a conversation, and which conversation a preview. Pure.
import type { ConversationSummary, LobbyView } from '../../../daemon/protocol/lobby.ts';
import type { PreviewState, PreviewSummary } from '../../../daemon/protocol/previews.ts';

const urgency: Readonly<Record<PreviewState, number>> = {
  ready: 0,
  starting: 1,
  crashed: 2,
  offered: 3,
  stopped: 4,
};

/** Those of the conversation's folder, and what its Claude has started; what can be looked at comes first. */
export function previewsOf(
  lobby: Pick<LobbyView, 'previews'>,
  { conversationId, cwd }: { conversationId: string; cwd: string },
): readonly PreviewSummary[] {
  return Object.values(lobby.previews)
    .filter((preview) => preview.conversationId === conversationId || isAround(preview.folder, cwd))
    .toSorted(byUrgency);
}

/** For Now: all but those at rest. */
export function livelyPreviews({ previews }: Pick<LobbyView, 'previews'>): readonly PreviewSummary[] {
  return Object.values(previews)
    .filter(({ state }) => state !== 'stopped')
    .toSorted(byUrgency);
}

/** Where words about the preview go to: whose Claude has started it, else the newest in its folder. */
export function conversationFor(
  { conversations }: Pick<LobbyView, 'conversations'>,
  { conversationId, folder }: Pick<PreviewSummary, 'conversationId' | 'folder'>,
): ConversationSummary | undefined {
  const own = conversationId === null ? undefined : conversations[conversationId];
  return (
    own ??
    Object.values(conversations)
      .filter(({ cwd }) => isAround(folder, cwd))
      .toSorted((a, b) => b.lastAt - a.lastAt)[0]
  );
}

function byUrgency(a: PreviewSummary, b: PreviewSummary): number {
  return urgency[a.state] - urgency[b.state] || b.since - a.since || (a.previewId < b.previewId ? -1 : 1);
}

/** The same folder, or one inside the other. */
function isAround(folder: string, cwd: string): boolean {
  if (folder === '' || cwd === '') return false;
  return folder === cwd || cwd.startsWith(`${folder}/`) || folder.startsWith(`${cwd}/`);
}
