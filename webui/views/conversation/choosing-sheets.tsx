// The sheets behind the composer's chips: mode, and model with effort. What is chosen shows when the log says it is so.
import { useSignal } from '@preact/signals';
import { Check } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { Mode } from '../../../daemon/protocol/events.ts';
import type { CommandInput } from '../../../daemon/protocol/commands.ts';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { offeredEfforts, offeredModels, offeredModes, wordsOfMode } from './choices.ts';
import { knownCatalog, refreshCatalog } from './completion/known-catalog.ts';

type Chosen = Omit<CommandInput<'conversation.configure'>, 'conversationId'>;

function useConfigure(conversationId: string) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const configure = (chosen: Chosen, then?: () => void) =>
    run(async () => {
      await command('conversation.configure', { conversationId, ...chosen });
      then?.();
    });
  return { isRunning, trouble, configure };
}

export function ModeSheet({ conversation }: { conversation: OpenConversation }) {
  const { navigation } = useApp();
  const { isRunning, trouble, configure } = useConfigure(conversation.conversationId);
  const { mode } = conversation.view.value;
  const choose = (chosen: Mode) => configure({ mode: chosen }, () => navigation.back());
  const bypass = wordsOfMode('bypassPermissions');
  return (
    <Sheet label="What Claude may do">
      <div class="choosing">
        {offeredModes.map((offered) => (
          <Row
            key={offered}
            name={wordsOfMode(offered).name}
            means={wordsOfMode(offered).means}
            danger={wordsOfMode(offered).danger}
            isChosen={mode === offered}
            onChoose={() => !isRunning.value && choose(offered)}
          />
        ))}
        <Row
          name={bypass.name}
          means={`${bypass.means} Off unless the computer allows it: allowBypass in Porchlight’s settings there.`}
          danger="danger"
          isOff={mode !== 'bypassPermissions'}
          isChosen={mode === 'bypassPermissions'}
          onChoose={() => !isRunning.value && choose('bypassPermissions')}
        />
        <Trouble words={trouble.value} />
      </div>
    </Sheet>
  );
}

export function ModelSheet({ conversation }: { conversation: OpenConversation }) {
  const { isRunning, trouble, configure } = useConfigure(conversation.conversationId);
  const { command } = useApp();
  const view = conversation.view.value;
  const { chosenModel, effort } = view;
  const models = knownCatalog(conversation).value?.models ?? [];
  const offered = offeredModels(models);
  const isOwn = !offered.some(({ value }) => value === chosenModel);
  const written = useSignal<string | undefined>(undefined);
  const typed = written.value ?? (isOwn ? (chosenModel ?? '') : '');
  useEffect(() => {
    void refreshCatalog(conversation, command);
  }, [conversation]);
  const choose = (chosen: Chosen) => !isRunning.value && configure(chosen);
  return (
    <Sheet label="Model and effort">
      <div class="choosing">
        <Trouble words={trouble.value} />
        <h3>Model</h3>
        {offered.map(({ value, name, means }) => (
          <Row
            key={name}
            name={name}
            means={means}
            isChosen={chosenModel === value}
            onChoose={() => choose({ model: value })}
          />
        ))}
        <form
          class="search"
          onSubmit={(event) => {
            event.preventDefault();
            const model = typed.trim();
            if (model !== '') choose({ model });
          }}
        >
          <input
            type="text"
            aria-label="Another model, by name"
            placeholder="Another, by name"
            maxLength={200}
            autocapitalize="off"
            spellcheck={false}
            value={typed}
            onInput={(event) => {
              written.value = event.currentTarget.value;
            }}
          />
          <button type="submit" class="button" disabled={typed.trim() === ''}>
            {isOwn && typed.trim() === chosenModel ? 'In use' : 'Use'}
          </button>
        </form>
        <h3>Effort</h3>
        {offeredEfforts(models, view).map(({ value, name, means }) => (
          <Row
            key={name}
            name={name}
            means={means}
            isChosen={effort === value}
            onChoose={() => choose({ effort: value })}
          />
        ))}
      </div>
    </Sheet>
  );
}

function Row(props: {
  name: string;
  means: string;
  isChosen: boolean;
  danger?: string;
  isOff?: boolean;
  onChoose: () => void;
}) {
  const { name, means, isChosen, danger = '', isOff = false, onChoose } = props;
  return (
    <button
      type="button"
      class={`choice ${danger} ${isOff ? 'off' : ''}`}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span class="name">{name}</span>
      <span class="means">{means}</span>
      {isChosen && <Icon of={Check} />}
    </button>
  );
}

function Trouble({ words }: { words: string }) {
  return words === '' ? null : (
    <p class="trouble" role="alert">
      {words}
    </p>
  );
}
