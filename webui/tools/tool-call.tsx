// One tool call as one line: what it does, to what, how it ended; opens to what it really did.
// The body is fetched when the first one opens, so that a conversation costs nothing for what nobody looks at.
import { Check, ChevronRight, CircleAlert, Square } from 'lucide';
import { useId, useMemo } from 'preact/hooks';
import type { ToolItem } from '../../daemon/protocol/view.ts';
import { openedOf } from '../opened.ts';
import { durationWords } from '../time-words.ts';
import { Icon } from './icon.tsx';
import { lazyPart } from './lazy-part.tsx';
import type { ToolCallProps } from './tool-call-props.ts';
import { toolIcons } from './tool-icons.ts';
import { type ToolWords, toolWords } from './tool-words.ts';

const ToolBody = lazyPart<ToolCallProps>(async () => (await import('./tool-body.tsx')).ToolBody);

const shortestShown = 1000;

export function ToolCall(props: ToolCallProps) {
  const { item, cwd } = props;
  const opened = openedOf(item.key);
  const isOpen = opened.value;
  const bodyId = useId();
  const words = useMemo(() => toolWords(item, cwd), [item, cwd]);
  const took = item.endedAt === null ? 0 : item.endedAt - item.at;
  return (
    <div class={`tool ${item.state}`}>
      <button
        type="button"
        class="tool-line"
        aria-expanded={isOpen}
        aria-controls={isOpen ? bodyId : undefined}
        onClick={() => {
          opened.value = !isOpen;
        }}
      >
        <Icon of={toolIcons[words.icon]} />
        <span class="verb">{words.verb}</span> <Target words={words} /> <Changes words={words} />{' '}
        {took > shortestShown && <span class="took">{durationWords(took)}</span>} <Mark state={item.state} />
        <span class="opener">
          <Icon of={ChevronRight} />
        </span>
      </button>
      {!isOpen && <Inner {...props} />}
      {isOpen && (
        <div class="tool-body" id={bodyId}>
          <ToolBody {...props} />
        </div>
      )}
    </div>
  );
}

/** What an agent does at this moment; nothing for other tools, and when it is done. */
function Inner({ nested, cwd }: ToolCallProps) {
  const last = nested.findLast((item) => item.kind === 'tool');
  if (last?.kind !== 'tool' || (last.state !== 'running' && last.state !== 'announced')) return null;
  const { verb, target } = toolWords(last, cwd);
  return (
    <p class="tool-inner" dir="auto">
      {verb} {target.head}
      {target.tail}
    </p>
  );
}

function Target({ words: { target, isCode } }: { words: ToolWords }) {
  return (
    <span class={isCode ? 'target code' : 'target'} dir={isCode ? 'ltr' : 'auto'}>
      {target.head !== '' && <span class="head">{target.head}</span>}
      <span class="tail">{target.tail}</span>
    </span>
  );
}

function Changes({ words: { changes } }: { words: ToolWords }) {
  if (changes === null) return null;
  return (
    <span class="changes" dir="ltr">
      {changes.added > 0 && <span class="added">+{changes.added}</span>}{' '}
      {changes.removed > 0 && <span class="removed">−{changes.removed}</span>}
    </span>
  );
}

function Mark({ state }: { state: ToolItem['state'] }) {
  switch (state) {
    case 'announced':
    case 'running':
      return (
        <span class="mark going">
          <span class="dot" />
          <span class="spoken">running</span>
        </span>
      );
    case 'done':
      return (
        <span class="mark good">
          <Icon of={Check} />
          <span class="spoken">done</span>
        </span>
      );
    case 'failed':
      return (
        <span class="mark bad">
          <Icon of={CircleAlert} />
          <span class="spoken">failed</span>
        </span>
      );
    case 'interrupted':
      return (
        <span class="mark cut">
          <Icon of={Square} />
          <span class="spoken">interrupted</span>
        </span>
      );
    default:
      return state satisfies never;
  }
}
