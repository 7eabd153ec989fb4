// One setting: its value in a field that fits it, and what there is to know. What cannot be is refused by the computer, whose sentence
// stands below.
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { SettingEntry, SettingsReport } from '../../../daemon/protocol/settings.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Hours } from './hours.tsx';
import { notesOf, shownValue, typedValue, whyNot } from './setting-words.ts';

interface Props {
  readonly entry: SettingEntry;
  readonly mayChange: boolean;
  readonly onChanged: (report: SettingsReport) => void;
}

export function SettingRow({ entry, mayChange, onChanged }: Props) {
  const { command, identity } = useApp();
  const { isRunning, trouble, run } = useAction();
  const id = useId();
  const by = identity.kind === 'computer' ? 'computer' : 'phone';
  const obstacle = whyNot(entry, by);
  const notes = obstacle === undefined ? notesOf(entry, by) : [obstacle];
  const change = (value?: SettingEntry['value']) =>
    run(async () => {
      const input = { name: entry.name, ...(value === undefined ? {} : { value }) };
      onChanged(await command('settings.change', input));
    });
  const canChange = mayChange && obstacle === undefined;
  const { kind } = entry.input;
  const hasField = kind === 'switch' || (canChange && kind !== 'hours');
  return (
    <li class={`setting of-${kind}`}>
      <div class="about">
        <h3>{hasField ? <label for={id}>{entry.title}</label> : entry.title}</h3>
        <p class="soft" id={`${id}-words`}>
          {entry.words}
        </p>
      </div>
      <Field
        entry={entry}
        id={id}
        canChange={canChange}
        isBusy={isRunning.value}
        change={change}
        onType={() => {
          trouble.value = '';
        }}
      />
      {mayChange &&
        notes.map((note) => (
          <p key={note} class="note">
            {note}
          </p>
        ))}
      {canChange && entry.origin === 'file' && kind !== 'switch' && (
        <button type="button" class="plain undo" disabled={isRunning} onClick={() => change()}>
          {shownValue(entry.initial) === '' ? 'Clear' : `Back to ${shownValue(entry.initial)}`}
        </button>
      )}
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </li>
  );
}

interface FieldProps {
  readonly entry: SettingEntry;
  readonly id: string;
  readonly canChange: boolean;
  readonly isBusy: boolean;
  readonly change: (value: SettingEntry['value']) => void;
  /** What was refused is no longer what stands there. */
  readonly onType: () => void;
}

function Field(props: FieldProps) {
  const { entry, id, canChange, isBusy, change } = props;
  const { input } = entry;
  // What is to be after the next start is what the person chose.
  const value = entry.next === undefined ? entry.value : entry.next;
  if (input.kind === 'switch')
    return (
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          class="toggle"
          aria-checked={value === true}
          id={id}
          aria-describedby={`${id}-words`}
          checked={value === true}
          disabled={!canChange || isBusy}
          onChange={(event) => {
            // It shows what is in force, which the answer tells.
            event.currentTarget.checked = value === true;
            change(value !== true);
          }}
        />
      </label>
    );
  if (!canChange) return <p class="value">{readable(entry, value)}</p>;
  if (input.kind === 'choice')
    return (
      <select
        id={id}
        aria-describedby={`${id}-words`}
        value={shownValue(value)}
        onChange={(event) => change(event.currentTarget.value)}
      >
        {input.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  if (input.kind === 'hours') return <Hours {...props} value={value} />;
  return <Typed {...props} value={shownValue(value)} />;
}

function Typed({ entry, id, change, onType, value }: FieldProps & { value: string }) {
  const typed = useSignal(value);
  const unit = entry.input.kind === 'number' ? entry.input.unit : '';
  // Changed on another device, or set as it was.
  useEffect(() => {
    typed.value = value;
  }, [value]);
  return (
    <form
      class="typed"
      onSubmit={(event) => {
        event.preventDefault();
        change(typedValue(typed.value, entry.input));
      }}
    >
      <input
        type="text"
        inputMode={entry.input.kind === 'number' ? 'decimal' : 'text'}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        id={id}
        aria-describedby={`${id}-words`}
        placeholder={entry.initial === null ? 'Not set' : ''}
        value={typed}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          onType();
        }}
      />
      {unit !== '' && <span class="unit">{unit}</span>}
      {typed.value.trim() !== value && (
        <button type="submit" class="button primary">
          Save
        </button>
      )}
    </form>
  );
}

function readable({ input }: SettingEntry, value: SettingEntry['value']): string {
  const unit = input.kind === 'number' && input.unit !== '' ? ` ${input.unit}` : '';
  return value === null ? 'Not set' : `${shownValue(value)}${unit}`;
}
