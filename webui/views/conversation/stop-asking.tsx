// Asked in place when Stop is pressed while messages wait: whether they go on, or go too.
import { X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../tools/icon.tsx';

export function StopAsking(props: {
  waiting: number;
  onStop: () => void;
  onStopAndDrop: () => void;
  onGoOn: () => void;
}) {
  const { waiting, onStop, onStopAndDrop, onGoOn } = props;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <fieldset
      class="stop-asking"
      aria-label="Stop Claude"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onGoOn();
      }}
    >
      <button ref={first} type="button" class="button" title="What waits goes on next" onClick={onStop}>
        Stop
      </button>
      <button type="button" class="button bad" onClick={onStopAndDrop}>
        Stop and drop {waiting} waiting
      </button>
      <button type="button" class="plain" aria-label="Do not stop" onClick={onGoOn}>
        <Icon of={X} />
      </button>
    </fieldset>
  );
}
