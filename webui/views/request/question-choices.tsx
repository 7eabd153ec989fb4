// One question with its choices as the browser's own radio buttons or check boxes, so that a keyboard and a screen reader
// know them. Keeps nothing: what is picked comes in and goes out.
import { useSignal } from '@preact/signals';
import { type Given, type Question, withOption, withOther } from './question-answers.ts';

interface Props {
  /** Tells the radio buttons of one question from those of another. */
  readonly name: string;
  readonly question: Question;
  readonly given: Given;
  readonly onGiven: (given: Given) => void;
}

export function QuestionChoices({ name, question, given, onGiven }: Props) {
  const type = question.isMultiple ? 'checkbox' : 'radio';
  return (
    <fieldset class="question">
      <legend dir="auto">
        {question.header !== '' && <span class="question-header">{question.header}</span>}
        {question.question}
        {question.isMultiple && <span class="aside"> Several may fit.</span>}
      </legend>
      {question.options.map((option) => {
        const isPicked = given.picked.includes(option.label);
        return (
          <div key={option.label} class="answer-choice">
            <label>
              <input
                type={type}
                name={name}
                checked={isPicked}
                onChange={() => onGiven(withOption(given, question, option.label))}
              />
              <span dir="auto">
                {option.label}
                {option.description !== '' && <span class="aside">{option.description}</span>}
              </span>
            </label>
            {isPicked && option.preview !== '' && <pre dir="auto">{option.preview}</pre>}
          </div>
        );
      })}
      <div class="answer-choice">
        <label>
          <input
            type={type}
            name={name}
            checked={given.isOther}
            onChange={(event) => onGiven(withOther(given, question, event.currentTarget.checked))}
          />
          <span>Other</span>
        </label>
        {given.isOther && (
          <input
            type="text"
            dir="auto"
            aria-label={`Other: ${question.question}`}
            placeholder="In your own words"
            ref={focusWhenNew}
            value={given.other}
            onInput={(event) => onGiven({ ...given, other: event.currentTarget.value })}
          />
        )}
      </div>
      <Note question={question} given={given} onGiven={onGiven} />
    </fieldset>
  );
}

function Note({ question, given, onGiven }: Omit<Props, 'name'>) {
  const isOpen = useSignal(given.note !== '');
  if (!isOpen.value) {
    return (
      <button
        type="button"
        class="plain"
        aria-label={`Add a note: ${question.question}`}
        onClick={() => {
          isOpen.value = true;
        }}
      >
        Add a note
      </button>
    );
  }
  return (
    <input
      type="text"
      dir="auto"
      aria-label={`Note: ${question.question}`}
      placeholder="A note for Claude"
      ref={focusWhenNew}
      value={given.note}
      onInput={(event) => onGiven({ ...given, note: event.currentTarget.value })}
    />
  );
}

/** One function for all draws, so that it is called once, when the field comes. */
function focusWhenNew(field: HTMLInputElement | null): void {
  field?.focus();
}
