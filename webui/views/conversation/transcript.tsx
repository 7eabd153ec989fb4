// The scroll of a conversation: pages of rows, what waits below them, and the way back to the newest.
import { useComputed, useSignal } from '@preact/signals';
import { ArrowDown } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { Below } from './below.tsx';
import { PageOfRows } from './page-of-rows.tsx';
import { wordsOfMode } from './choices.ts';
import { keepReadingPlace, type ReadingPlace } from './reading-place.ts';
import { type RowPage, rowPages } from './rows-of.ts';

export function Transcript({ conversation }: { conversation: OpenConversation }) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const place = useRef<ReadingPlace | undefined>(undefined);
  const isAtEnd = useSignal(true);
  const seen = useSignal(0);
  const before = useRef<readonly RowPage[]>([]);
  const view = conversation.view.value;
  const pages = useComputed(() => {
    before.current = rowPages(conversation.view.value, before.current);
    return before.current;
  }).value;
  const count = countRows(pages);
  const isEmpty = count === 0 && view.queue.length === 0;

  useEffect(() => {
    if (!scroller.current || !content.current) return undefined;
    const kept = keepReadingPlace({
      name: conversation.conversationId,
      scroller: scroller.current,
      content: content.current,
      onMove(isThere) {
        isAtEnd.value = isThere;
      },
    });
    place.current = kept.place;
    return kept.dispose;
  }, []);
  useLayoutEffect(() => {
    place.current?.hold();
    if (isAtEnd.value) seen.value = count;
  });
  useLoadOlder(conversation, scroller);
  const sending = useSending(conversation.conversationId);
  useLayoutEffect(() => {
    if (sending !== undefined) place.current?.toEnd();
  }, [sending]);

  const unseen = Math.max(0, count - seen.value);
  return (
    <div class="transcript">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else a keyboard could not scroll it, in Safari at least */}
      <div class="scroll" ref={scroller} tabIndex={0}>
        <div class="rows" ref={content} role="log" aria-label="Conversation">
          {view.dropped > 0 && <div class="older" data-older />}
          {pages.map((page) => (
            <PageOfRows key={page.number} page={page} cwd={view.cwd} />
          ))}
          {isEmpty && conversation.state.value === 'live' && <Empty mode={view.mode} />}
          <Below conversation={conversation} />
        </div>
      </div>
      {!isAtEnd.value && (
        <button
          type="button"
          class="to-end"
          aria-label={unseen > 0 ? `Jump to latest, ${unseen} new` : 'Jump to latest'}
          onClick={() => {
            seen.value = count;
            place.current?.toEnd();
          }}
        >
          <Icon of={ArrowDown} />
          {unseen > 0 && <span>{unseen}</span>}
        </button>
      )}
    </div>
  );
}

function Empty({ mode }: { mode: string }) {
  return <p class="empty">Say what you want done. {wordsOfMode(mode).means}</p>;
}

/** The message that was sent here a moment ago: who sends wants to see it. */
function useSending(conversationId: string): string | undefined {
  const { outbox } = useApp();
  return useComputed(
    () => outbox.entries.value.findLast((entry) => entry.conversationId === conversationId)?.clientId,
  ).value;
}

/** Older pages come before the person reaches them. */
function useLoadOlder(conversation: OpenConversation, scroller: { current: HTMLElement | null }): void {
  const { dropped } = conversation.view.value;
  useEffect(() => {
    const mark = scroller.current?.querySelector('[data-older]');
    if (!mark) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void conversation.loadOlder();
      },
      { root: scroller.current, rootMargin: '800px 0px 0px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [dropped]);
}

/** Pages before the first are full, so rows of older pages do not count as new when they come. */
function countRows(pages: readonly RowPage[]): number {
  const last = pages.at(-1);
  return last ? last.number * 50 + last.rows.length : 0;
}
