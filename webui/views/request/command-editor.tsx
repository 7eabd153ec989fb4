// A command as a field: what stands in it is what will run. No spelling help may change it.
import type { Signal } from '@preact/signals';

export function CommandEditor({ command }: { command: Signal<string> }) {
  return (
    <textarea
      class="exact-text"
      dir="ltr"
      rows={2}
      aria-label="The command to run"
      autocapitalize="off"
      autocomplete="off"
      spellcheck={false}
      ref={(field) => {
        if (field && document.activeElement === document.body) field.focus();
      }}
      value={command}
      onInput={(event) => {
        command.value = event.currentTarget.value;
      }}
    />
  );
}
