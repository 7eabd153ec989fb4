// The code typed by hand, where the camera is of no use: eight letters, forgiven however they are written.
import { useSignal } from '@preact/signals';
import { typedMeant } from '../../../daemon/protocol/typed-code.ts';

interface Props {
  /** What came of the last try; empty for none. */
  readonly trouble: string;
  readonly isAsking: boolean;
  readonly onCode: (code: string) => void;
}

export function TypeCode({ trouble, isAsking, onCode }: Props) {
  const text = useSignal('');
  const hint = useSignal('');
  const submit = (event: Event) => {
    event.preventDefault();
    const code = typedMeant(text.value);
    hint.value = code === undefined ? 'The code has eight letters and digits, like ABCD-EFGH.' : '';
    if (code !== undefined) onCode(code);
  };
  const words = hint.value === '' ? trouble : hint.value;
  return (
    <form class="type-code" onSubmit={submit}>
      <h1>Type the code</h1>
      <p id="code-where">It stands below the picture on the computer.</p>
      <input
        type="text"
        aria-label="Code from the computer"
        aria-describedby="code-where"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        placeholder="ABCD-EFGH"
        maxLength={20}
        dir="ltr"
        value={text}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      {words !== '' && <p role="alert">{words}</p>}
      <button type="submit" class="button primary" disabled={isAsking}>
        {isAsking ? 'Asking the computer…' : 'Go on'}
      </button>
    </form>
  );
}
