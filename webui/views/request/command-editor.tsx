// A command as a field: what stands in it is what will run. No spelling help may change it.
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

export function CommandEditor({ command }: { command: Signal<string> }) {
  const ref = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => ref.current?.focus(), []);
  return (
    <textarea
      class="exact-text"
      dir="ltr"
      rows={2}
      aria-label="The command to run"
      autocapitalize="off"
      autocomplete="off"
      spellcheck={false}
      ref={ref}
      value={command}
      onInput={(event) => {
        command.value = event.currentTarget.value;
      }}
    />
  );
}
