// The two levels of the app, Now and Conversation: one of them on a phone, side by side where there is room.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Place } from '../route.ts';
import { useApp } from './app-context.ts';
import { Confirmations } from './devices/confirmations.tsx';
import { lazy } from './lazy.tsx';
import { Lantern } from './lantern.tsx';
import { Now } from './now/now.tsx';
import { isWide } from './wide.ts';

const Conversation = lazy(() => import('./conversation/conversation.tsx').then((file) => file.Conversation));
const NewConversation = lazy(() => import('./new/new-conversation.tsx').then((file) => file.NewConversation));
const PairComputer = lazy(() => import('./pairing/pair-computer.tsx').then((file) => file.PairComputer));
const Devices = lazy(() => import('./devices/devices.tsx').then((file) => file.Devices));
const ConversationMenu = lazy(() =>
  import('./now/conversation-menu.tsx').then((file) => file.ConversationMenu),
);
const ConnectionSheet = lazy(() =>
  import('./trust/connection-sheet.tsx').then((file) => file.ConnectionSheet),
);
const UsageSheet = lazy(() => import('./usage/usage-sheet.tsx').then((file) => file.UsageSheet));
const PreviewSheet = lazy(() => import('./preview/preview-sheet.tsx').then((file) => file.PreviewSheet));
const OpenPreview = lazy(() => import('./preview/open-preview.tsx').then((file) => file.OpenPreview));
const Audit = lazy(() => import('./audit/audit.tsx').then((file) => file.Audit));
const Settings = lazy(() => import('./settings/settings.tsx').then((file) => file.Settings));
const Doctor = lazy(() => import('./doctor/doctor.tsx').then((file) => file.Doctor));

export function AppView() {
  const { navigation } = useApp();
  const place = navigation.place.value;
  const sheet = navigation.sheet.value;
  useEffect(preload, []);
  const page = pageOf(place);
  if (page)
    return (
      <>
        {page}
        <Confirmations />
      </>
    );
  const conversationId = place.kind === 'conversation' ? place.conversationId : undefined;
  return (
    <div class={isWide.value ? 'app wide' : 'app'}>
      {(isWide.value || conversationId === undefined) && <Now open={conversationId} />}
      {conversationId !== undefined && <Conversation key={conversationId} conversationId={conversationId} />}
      {isWide.value && conversationId === undefined && <Nothing />}
      {place.kind === 'new' && <NewConversation />}
      {sheet?.name === 'connection' && <ConnectionSheet />}
      {sheet?.name === 'preview' && <PreviewSheet key={sheet.previewId} previewId={sheet.previewId} />}
      {sheet?.name === 'usage' && <UsageSheet conversationId={sheet.conversationId} />}
      {sheet?.name === 'conversationMenu' && <ConversationMenu conversationId={sheet.conversationId} />}
      <Confirmations />
    </div>
  );
}

/** Places that have the screen to themselves. */
function pageOf(place: Place): JSX.Element | undefined {
  const { kind } = place;
  if (kind === 'preview') return <OpenPreview previewId={place.previewId} />;
  if (kind === 'pairComputer') return <PairComputer />;
  if (kind === 'devices') return <Devices />;
  if (kind === 'doctor') return <Doctor />;
  if (kind === 'settings') return <Settings />;
  return kind === 'audit' ? <Audit /> : undefined;
}

function Nothing() {
  return (
    <div class="screen nothing">
      <Lantern isLit={false} />
      <p>Choose a conversation, or start one.</p>
    </div>
  );
}

/** What a tap away is fetched before the tap; markdown and tools are half of the app and not needed for Now. */
function preload(): void {
  const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1000));
  whenIdle(() => {
    Conversation.preload();
    NewConversation.preload();
    ConversationMenu.preload();
    UsageSheet.preload();
  });
}
