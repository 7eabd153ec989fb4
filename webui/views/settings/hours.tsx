// A field for hours of the day: from one time to another.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SettingEntry } from '../../../daemon/protocol/settings.ts';
import { hoursOf } from './setting-words.ts';

interface Props {
  readonly id: string;
  readonly value: SettingEntry['value'];
  readonly change: (value: SettingEntry['value']) => void;
  readonly onType: () => void;
}

export function Hours({ id, value, change, onType }: Props) {
  const kept = hoursOf(value);
  const from = useSignal(kept?.from ?? '');
  const to = useSignal(kept?.to ?? '');
  // Changed on another device, or set as it was.
  useEffect(() => {
    from.value = kept?.from ?? '';
    to.value = kept?.to ?? '';
  }, [kept?.from, kept?.to]);
  const isWhole = from.value !== '' && to.value !== '';
  const isNew = from.value !== kept?.from || to.value !== kept?.to;
  return (
    <form
      class="hours"
      onSubmit={(event) => {
        event.preventDefault();
        change({ from: from.value, to: to.value });
      }}
    >
      {[
        { name: 'From', time: from },
        { name: 'Until', time: to },
      ].map(({ name, time }) => (
        <input
          key={name}
          type="time"
          aria-label={name}
          aria-describedby={`${id}-words`}
          value={time}
          onInput={(event) => {
            time.value = event.currentTarget.value;
            onType();
          }}
        />
      ))}
      {isWhole && isNew && (
        <button type="submit" class="button primary">
          Save
        </button>
      )}
    </form>
  );
}
