// One line for one conversation, in the three lists of Now.
import { Ellipsis } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ConversationSummary } from '../../../daemon/protocol/lobby.ts';
import { everyMinute, everySecond } from '../../computer-clock.ts';
import { agoWords, durationWords } from '../../time-words.ts';
import { useApp } from '../app-context.ts';
import { Icon } from '../../tools/icon.tsx';
import { PlaceLink } from '../place-link.tsx';

const longPressMs = 500;

interface Props {
  readonly summary: ConversationSummary;
  readonly open?: string | undefined;
}

export function NeedsYouRow({ summary }: Props) {
  const { conversationId, title, waiting, activity, cwd } = summary;
  return (
    <li>
      <PlaceLink to={{ kind: 'conversation', conversationId }} class="card needs-you">
        <span class="line">
          <strong dir="auto">{title || 'New conversation'}</strong>
          {waiting > 1 && <span class="count">{waiting} requests</span>}
        </span>
        <span class="line soft">
          <span class="words" dir="auto">
            {activity || 'Waits for your answer'}
          </span>
          <span class="place">{folderName(cwd)}</span>
        </span>
      </PlaceLink>
    </li>
  );
}

export function WorkingRow({ summary, open }: Props) {
  const { title, activity, since, lastAt } = summary;
  const isHeld = since === null && useApp().store.lobby.value.paused !== null;
  return (
    <Row summary={summary} open={open}>
      <span class="line">
        <strong dir="auto">{title || 'New conversation'}</strong>
        <time>{durationWords(everySecond.value - (since ?? lastAt))}</time>
      </span>
      <span class="line soft">
        <span class="beacon" aria-hidden="true" />
        <span class="words" dir="auto">
          {isHeld ? 'Waits, all is paused' : activity}
        </span>
      </span>
    </Row>
  );
}

export function RecentRow({ summary, open }: Props) {
  const { conversationId, title, lastText, lastAt, state, cwd } = summary;
  const { outbox } = useApp();
  const unsent = outbox.entries.value.some(
    (entry) => entry.conversationId === conversationId && entry.state !== 'acknowledged',
  );
  return (
    <Row summary={summary} open={open}>
      <span class="line">
        <strong dir="auto">{title || 'New conversation'}</strong>
        <time>{agoWords(lastAt, everyMinute.value)}</time>
      </span>
      <span class="line soft">
        {state === 'interrupted' && <span class="mark">Interrupted</span>}
        {unsent && <span class="mark">Will send</span>}
        <span class="words" dir="auto">
          {lastText || 'Nothing said yet'}
        </span>
        <span class="place">{folderName(cwd)}</span>
      </span>
    </Row>
  );
}

/** Opens the conversation; a long press, a right click or the dots open its menu. */
function Row({ summary, open, children }: Props & { children: ComponentChildren }) {
  const { navigation } = useApp();
  const { conversationId, title } = summary;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const wasLong = useRef(false);
  const release = () => clearTimeout(timer.current);
  const showMenu = () => {
    release();
    if (!navigation.sheet.value) navigation.show({ name: 'conversationMenu', conversationId });
  };
  return (
    <li
      class="row"
      onContextMenu={(event) => {
        event.preventDefault();
        showMenu();
      }}
      onTouchStart={() => {
        wasLong.current = false;
        timer.current = setTimeout(() => {
          wasLong.current = true;
          showMenu();
        }, longPressMs);
      }}
      // iOS follows a long press with a click, which would open the conversation under the menu.
      onClickCapture={(event) => {
        if (!wasLong.current) return;
        wasLong.current = false;
        event.preventDefault();
        event.stopPropagation();
      }}
      onTouchMove={release}
      onTouchEnd={release}
      onTouchCancel={release}
    >
      <PlaceLink to={{ kind: 'conversation', conversationId }} isCurrent={open === conversationId}>
        {children}
      </PlaceLink>
      <button
        type="button"
        class="dots"
        aria-label={`Menu of ${title || 'this conversation'}`}
        onClick={showMenu}
      >
        <Icon of={Ellipsis} />
      </button>
    </li>
  );
}

export function folderName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
