// What "always" may mean, to be picked: every choice says its rule word for word and where it will be kept.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import type { AlwaysChoice } from './always-choices.ts';
import type { Answering } from './answering.ts';

interface Props {
  readonly choices: readonly AlwaysChoice[];
  readonly answering: Answering;
  readonly onPick: (choice: AlwaysChoice) => void;
}

export function Always({ choices, answering, onPick }: Props) {
  const ref = useRef<HTMLFieldSetElement>(null);
  // Where a screen reader reads on: the button that led here is gone.
  useLayoutEffect(() => ref.current?.focus(), []);
  return (
    <fieldset ref={ref} tabIndex={-1} class="always" aria-label="Not to be asked again">
      <ul>
        {choices.map((choice, index) => (
          <li key={index}>
            <button type="button" disabled={answering.isRunning} onClick={() => onPick(choice)}>
              <span>{choice.title}</span>
              {choice.exact.map((text) => (
                <code key={text} dir="ltr">
                  {visibleText(text)}
                </code>
              ))}
              <span class="aside">{choice.kept}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
