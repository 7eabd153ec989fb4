// The context in the usage sheet: how full it is, what fills it when the person asks, and the way to make room.
import { useSignal } from '@preact/signals';
import type { ContextUsage } from '../../../daemon/protocol/context-usage.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { tokenWords } from '../conversation/receipt-words.ts';
import { contextShare, fullness } from './context-words.ts';

export function ContextPart({ conversation }: { conversation: OpenConversation }) {
  const { outbox, navigation, command } = useApp();
  const { conversationId } = conversation;
  const { context, turn } = conversation.view.value;
  const detail = useSignal<ContextUsage | undefined>(undefined);
  const { isRunning, trouble, run } = useAction();
  const share = contextShare(context);
  const makeRoom = () => {
    void outbox.add(conversationId, '/compact');
    navigation.back();
  };
  const inspect = () =>
    run(async () => {
      detail.value = await command('conversation.inspectContext', { conversationId });
    });
  return (
    <section class={`context-part ${fullness(share)}`}>
      <h3>Context</h3>
      {context === null ? (
        <p class="note">Nothing is in it yet.</p>
      ) : (
        <>
          <p class="headline">
            {share !== null && <b>{Math.round(share * 100)} %</b>}{' '}
            <span>
              {tokenWords(context.tokens)}
              {context.window === null ? '' : ` of ${tokenWords(context.window)}`} tokens
            </span>
          </p>
          {detail.value ? <Detail usage={detail.value} /> : share !== null && <Filled share={share} />}
        </>
      )}
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {context !== null && (
        <div class="buttons">
          <button type="button" class="button" onClick={makeRoom}>
            {turn ? 'Make room after this turn' : 'Make room'}
          </button>
          {!detail.value && (
            <button type="button" class="button" disabled={isRunning.value} onClick={inspect}>
              {isRunning.value ? 'Counting…' : 'What fills it?'}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Filled({ share }: { share: number }) {
  return (
    <span class="stack" aria-hidden="true">
      <span class="part-1" style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}

/** The parts in one bar, and each with its number below. */
function Detail({ usage }: { usage: ContextUsage }) {
  const { categories, window, compactsAt } = usage;
  const used = categories.filter(({ kind }) => kind === 'used').toSorted((a, b) => b.tokens - a.tokens);
  return (
    <>
      <span class="stack" aria-hidden="true">
        {used.map(({ name, tokens }, index) => (
          <span
            key={name}
            class={`part-${index + 1}`}
            style={{ inlineSize: `${(tokens / window) * 100}%` }}
          />
        ))}
      </span>
      <dl class="costs">
        {used.map(({ name, tokens }, index) => (
          <div key={name}>
            <dt>
              <span class={`swatch part-${index + 1}`} aria-hidden="true" />
              {name}
            </dt>
            <dd>{tokenWords(tokens)}</dd>
          </div>
        ))}
      </dl>
      {compactsAt !== null && (
        <p class="note">Claude Code makes room by itself at {tokenWords(compactsAt)} tokens.</p>
      )}
    </>
  );
}
