// The scroll of a conversation: the rows around what is in sight, what waits below them, and the ways through it.
import { type Signal, useSignal } from '@preact/signals';
import { ArrowDown } from 'lucide';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { Below } from './below.tsx';
import { wordsOfMode } from './choices.ts';
import { type Finding, findingIn, type Hit } from './finding.ts';
import { markFound, topOfWords } from './found-words.ts';
import { PromptSteps } from './prompt-steps.tsx';
import { RowView } from './row-view.tsx';
import { isInRow } from './rows-of.ts';
import { type TranscriptWindow, windowOn } from './transcript-window.ts';

export function Transcript({ conversation }: { conversation: OpenConversation }) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const seen = useSignal(0);
  const window = useMemo(() => windowOn(conversation), [conversation]);
  const finding = findingIn(conversation);
  const view = conversation.view.value;
  void window.turn.value;
  const pieces = window.draw();
  const count = countRows(window);
  const isEmpty = count === 0 && view.queue.length === 0;
  const found = finding.current.value?.key;
  const last = pieces.at(-1);

  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return undefined;
    return window.attach(scroller.current, content.current, (isThere) => {
      isAtEnd.value = isThere;
    });
  }, [window]);
  useLayoutEffect(() => {
    window.drawn();
    if (isAtEnd.value) seen.value = count;
  });
  useEffect(() => {
    window.fetchMissing();
    markFound(content.current, finding);
  });
  useShowWords(window, finding, content);
  useShowSent(conversation.conversationId, window);

  return (
    <div class="transcript">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else a keyboard could not scroll it, in Safari at least */}
      <div class="scroll" ref={scroller} tabIndex={0}>
        <div
          class="rows"
          ref={content}
          role="log"
          aria-label="Conversation"
          // Rows that come into sight by scrolling are not news.
          aria-live={isAtEnd.value ? 'polite' : 'off'}
        >
          {pieces.map((piece) =>
            piece.kind === 'gap' ? (
              <div key={piece.key} class="gap" style={{ height: `${piece.height}px` }} />
            ) : (
              <RowView
                key={piece.key}
                row={piece.row}
                page={piece.page}
                cwd={view.cwd}
                isFound={found !== undefined && isInRow(piece.row, found)}
                isLast={piece === last}
              />
            ),
          )}
          {isEmpty && conversation.state.value === 'live' && <Empty mode={view.mode} />}
          <Below conversation={conversation} />
        </div>
      </div>
      <PromptSteps conversation={conversation} isShown={!isAtEnd.value && finding.state.value !== 'found'} />
      {!isAtEnd.value && <ToEnd count={count} seen={seen} window={window} />}
    </div>
  );
}

function ToEnd(props: { count: number; seen: Signal<number>; window: TranscriptWindow }) {
  const { count, seen, window } = props;
  const unseen = Math.max(0, count - seen.value);
  return (
    <button
      type="button"
      class="to-end"
      aria-label={unseen > 0 ? `Jump to latest, ${unseen} new` : 'Jump to latest'}
      onClick={() => {
        seen.value = count;
        window.toEnd();
      }}
    >
      <Icon of={ArrowDown} />
      {unseen > 0 && <span>{unseen}</span>}
    </button>
  );
}

/** In a row taller than the screen the words themselves are brought into sight, once for each hit. */
function useShowWords(
  window: TranscriptWindow,
  finding: Finding,
  content: { current: HTMLElement | null },
): void {
  const shown = useRef<Hit | undefined>(undefined);
  useEffect(() => {
    const hit = finding.current.value;
    const row = content.current?.querySelector<HTMLElement>('.item.found');
    const scroller = content.current?.parentElement;
    if (!hit || !row || !scroller || shown.current === hit) return;
    shown.current = hit;
    const edge = scroller.getBoundingClientRect();
    const words = topOfWords(row, finding.text.value);
    if (words === undefined || words < edge.bottom - 60) return;
    const top = row.getBoundingClientRect().top - words + edge.height / 3;
    window.place?.to({ key: row.dataset['key'] ?? '', page: hit.page, top });
  });
}

function Empty({ mode }: { mode: string }) {
  return <p class="empty">Say what you want done. {wordsOfMode(mode).means}</p>;
}

/** Who sends a message wants to see it. */
function useShowSent(conversationId: string, window: TranscriptWindow): void {
  const { outbox } = useApp();
  const sending = outbox.entries.value.findLast((entry) => entry.conversationId === conversationId)?.clientId;
  const before = useRef(sending);
  useLayoutEffect(() => {
    if (sending !== undefined && sending !== before.current) window.toEnd();
    before.current = sending;
  }, [sending]);
}

/** Pages before the last are full, so rows of older pages do not count as new when they come. */
function countRows({ pages }: TranscriptWindow): number {
  const last = pages.at(-1);
  return last ? last.number * 50 + last.rows.length : 0;
}
