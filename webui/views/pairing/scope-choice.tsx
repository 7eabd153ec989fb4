// What a device may do: one of three choices, as radio buttons.
import type { Scope } from '../../../daemon/protocol/lobby.ts';
import { isSameSet, scopeChoices, scopeWords } from '../../../daemon/protocol/scope-words.ts';

interface Props {
  readonly legend: string;
  /** For the names of the radio buttons: once on the page. */
  readonly group: string;
  readonly scopes: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
}

export function ScopeChoice({ legend, group, scopes, onChange }: Props) {
  const isOther = !scopeChoices.some((choice) => isSameSet(choice.scopes, scopes));
  return (
    <fieldset class="picks">
      <legend>{legend}</legend>
      {scopeChoices.map((choice) => (
        <label key={choice.words} class="pick">
          <input
            type="radio"
            name={group}
            checked={isSameSet(choice.scopes, scopes)}
            onChange={() => onChange(choice.scopes)}
          />
          <span>{choice.words}</span>
        </label>
      ))}
      {isOther && <p class="aside">Now: {scopeWords(scopes)}</p>}
    </fieldset>
  );
}
