// Home: what needs the person, what Claude works on, and what was said before.
import { Gauge, MonitorSmartphone, Plus } from 'lucide';
import type { ConversationSummary, LobbyView } from '../../../daemon/protocol/lobby.ts';
import { useApp } from '../app-context.ts';
import { ConnectionBadge } from '../connection-badge.tsx';
import { ConnectionLine } from '../connection-line.tsx';
import { NoticeBanner } from '../devices/notice-banner.tsx';
import { TroubleLine } from '../trouble-line.tsx';
import { Icon } from '../../tools/icon.tsx';
import { PlaceLink } from '../place-link.tsx';
import { PreviewsOnNow } from '../preview/previews-on-now.tsx';
import { keepScroll } from '../scroll-memory.ts';
import { FirstRun } from './first-run.tsx';
import { HealthLine } from './health-line.tsx';
import { NotSent } from './not-sent.tsx';
import { NeedsYouRow, RecentRow, WorkingRow } from './rows.tsx';
import { LimitLine } from '../usage/limit-line.tsx';

/** `open`: the conversation that stands beside the list. */
export function Now({ open }: { open: string | undefined }) {
  const { navigation, store } = useApp();
  return (
    <main class="screen now">
      <header class="bar">
        <ConnectionBadge />
        <h1>Porchlight</h1>
        <PlaceLink to={{ kind: 'devices' }} class="plain" label="Devices">
          <Icon of={MonitorSmartphone} />
        </PlaceLink>
        <button
          type="button"
          class="plain"
          aria-label="Usage"
          aria-haspopup="dialog"
          onClick={() => navigation.show({ name: 'usage', conversationId: null })}
        >
          <Icon of={Gauge} />
        </button>
      </header>
      <ConnectionLine />
      <TroubleLine trouble={store.trouble.value} />
      <div class="scroll" ref={keepScroll('now')}>
        <List open={open} />
      </div>
      <PlaceLink to={{ kind: 'new' }} class="round" label="New conversation">
        <Icon of={Plus} />
      </PlaceLink>
    </main>
  );
}

function List({ open }: { open: string | undefined }) {
  const { store } = useApp();
  const lobby = store.lobby.value;
  if (lobby.last === 0 && store.lobbyState.value === 'loading') return null;
  const { needsYou, working, recent } = sorted(lobby);
  const isFirst = needsYou.length + working.length + recent.length === 0;
  return (
    <>
      <NoticeBanner />
      <HealthLine health={lobby.claude} />
      <LimitLine conversationId={null} />
      <NotSent />
      {isFirst ? (
        <FirstRun />
      ) : (
        <>
          <section aria-labelledby="needs-you">
            <h2 id="needs-you">Needs you</h2>
            {needsYou.length === 0 ? <p class="quiet">Nothing needs you.</p> : null}
            <ul class="cards">
              {needsYou.map((summary) => (
                <NeedsYouRow key={summary.conversationId} summary={summary} />
              ))}
            </ul>
          </section>
          {working.length > 0 && (
            <section aria-labelledby="working">
              <h2 id="working">Working</h2>
              <ul>
                {working.map((summary) => (
                  <WorkingRow key={summary.conversationId} summary={summary} open={open} />
                ))}
              </ul>
            </section>
          )}
          <PreviewsOnNow />
          {recent.length > 0 && (
            <section aria-labelledby="recent">
              <h2 id="recent">Recent</h2>
              <ul>
                {recent.map((summary) => (
                  <RecentRow key={summary.conversationId} summary={summary} open={open} />
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </>
  );
}

/** What waits longest comes first; of the rest what was touched last. */
function sorted(lobby: LobbyView) {
  const all = Object.values(lobby.conversations);
  const newestFirst = (a: ConversationSummary, b: ConversationSummary) => b.lastAt - a.lastAt;
  const needs = (summary: ConversationSummary) => summary.state === 'needsYou';
  return {
    needsYou: all.filter(needs).toSorted((a, b) => a.lastAt - b.lastAt),
    working: all.filter((each) => !needs(each) && each.state === 'working').toSorted(newestFirst),
    recent: all.filter((each) => !needs(each) && each.state !== 'working').toSorted(newestFirst),
  };
}
