// A preview over the chat: its page, or why there is none, and below that what can be done with it. What is opened from below takes
// its room from the page.
import { type Signal, signal, useSignal } from '@preact/signals';
import { CircleAlert, Ellipsis, type IconNode, MapPin, ScrollText } from 'lucide';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { AddressLine } from './address-line.tsx';
import { InsteadOfPage } from './instead-of-page.tsx';
import { MorePanel } from './more-panel.tsx';
import { pageOf } from './open-pages.ts';
import { PinsPanel } from './pins-panel.tsx';
import { pinPictures } from './pin-pictures.ts';
import { PreviewDialog } from './preview-dialog.tsx';
import { PreviewFrame, type PageWidth } from './preview-frame.tsx';
import { PreviewLog } from './preview-log.tsx';
import { counted, pinsPrompt } from './preview-prompts.ts';
import { nameOf, stateWords } from './preview-words.ts';
import { ProblemsPanel } from './problems-panel.tsx';
import { useTellClaude } from './use-tell-claude.ts';

type Panel = 'pins' | 'problems' | 'log' | 'more';

/** As the person last chose, for all previews. */
const width = signal<PageWidth>('phone');
const isFull = signal(false);
const looksForErrors = signal(true);

export function PreviewSheet({ previewId }: { previewId: string }) {
  const preview = useApp().store.lobby.value.previews[previewId];
  if (preview) return <Shown preview={preview} />;
  return (
    <Sheet label="Preview">
      <p class="quiet">There is no such preview any more.</p>
    </Sheet>
  );
}

function Shown({ preview }: { preview: PreviewSummary }) {
  const { command } = useApp();
  const { previewId, state, port, tool } = preview;
  const page = pageOf(previewId);
  const panel = useSignal<Panel | undefined>(undefined);
  const shownWidth = useSignal(0);
  const opening = useSignal({ path: page.path.peek(), times: 0 });
  const action = useAction();
  const tellClaude = useTellClaude(preview);
  const isPinning = page.isPinning.value;
  const problems = counted(page.problems.value).length;
  const isReady = state === 'ready';
  const open = (path: string) => {
    opening.value = { path, times: opening.value.times + 1 };
  };
  const setPanel = (next: Panel | undefined) => {
    panel.value = next;
    const pins = next === 'pins' && isReady;
    if (pins && !looksForErrors.value) {
      looksForErrors.value = true;
      open(page.path.peek());
    }
    if (pins !== page.isPinning.peek()) page.setPinning(pins);
  };
  useEffect(() => () => page.setPinning(false), [previewId]);
  useEffect(() => {
    if (!isPinning && panel.peek() === 'pins') panel.value = undefined;
  }, [isPinning]);

  const panels: Record<Panel, () => JSX.Element> = {
    pins: () => (
      <PinsPanel
        preview={preview}
        page={page}
        tellClaude={
          tellClaude &&
          (async (pins) => {
            const files = await pinPictures({ previewId, pins, command });
            const seen = { hasPictures: files.length > 0, width: shownWidth.value };
            tellClaude.tell(pinsPrompt(preview, pins, seen), files);
            page.clearPins();
          })
        }
      />
    ),
    problems: () => (
      <ProblemsPanel
        preview={preview}
        page={page}
        tellClaude={tellClaude && ((text) => tellClaude.tell(text))}
      />
    ),
    log: () => <PreviewLog previewId={previewId} />,
    more: () => (
      <MorePanel
        preview={preview}
        action={action}
        looksForErrors={looksForErrors.value}
        onLookForErrors={(isOn) => {
          looksForErrors.value = isOn;
          open(page.path.peek());
        }}
      />
    ),
  };
  return (
    <PreviewDialog
      label={nameOf(preview)}
      isFull={isFull}
      state={
        <p class={`place preview-state ${state}`} role="status">
          {stateWords(preview)} · {tool}
        </p>
      }
    >
      {isReady ? (
        <>
          <AddressLine
            page={page}
            port={port}
            width={width.value}
            onWidth={(next) => {
              width.value = next;
            }}
            onGo={open}
          />
          <PreviewFrame
            key={`${opening.value.times} ${preview.since}`}
            preview={preview}
            page={page}
            width={width.value}
            path={opening.value.path}
            inspect={looksForErrors.value}
            shownWidth={shownWidth}
          />
        </>
      ) : (
        <InsteadOfPage preview={preview} action={action} tellClaude={tellClaude} />
      )}
      {action.trouble.value !== '' && (
        <p class="trouble" role="alert">
          {action.trouble}
        </p>
      )}
      {panel.value && (isReady || (panel.value !== 'pins' && panel.value !== 'problems')) && (
        <section
          class={`preview-panel ${panel.value}`}
          aria-label={names[panel.value]}
          // A log has nothing in it that takes the focus, and must be scrolled by the keyboard too.
          {...(panel.value === 'log' ? { tabIndex: 0 } : {})}
        >
          {panels[panel.value]()}
        </section>
      )}
      <div class="preview-acts" role="toolbar" aria-label="Preview">
        {isReady && <Act panel="pins" icon={MapPin} open={panel} onOpen={setPanel} />}
        {isReady && (
          <Act panel="problems" icon={CircleAlert} open={panel} onOpen={setPanel} count={problems} />
        )}
        {preview.kind === 'server' && <Act panel="log" icon={ScrollText} open={panel} onOpen={setPanel} />}
        <Act panel="more" icon={Ellipsis} open={panel} onOpen={setPanel} />
      </div>
    </PreviewDialog>
  );
}

const names: Readonly<Record<Panel, string>> = { pins: 'Pin', problems: 'Errors', log: 'Log', more: 'More' };

function Act(props: {
  panel: Panel;
  icon: IconNode;
  open: Signal<Panel | undefined>;
  onOpen: (panel: Panel | undefined) => void;
  count?: number;
}) {
  const { panel, icon, open, onOpen, count = 0 } = props;
  const isOpen = open.value === panel;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      class="act"
      aria-label={count > 0 ? `${names[panel]}, ${count}` : names[panel]}
      onClick={() => onOpen(isOpen ? undefined : panel)}
    >
      <span class="sign">
        <Icon of={icon} />
        {count > 0 && <span class="count">{count}</span>}
      </span>
      <span>{names[panel]}</span>
    </button>
  );
}
