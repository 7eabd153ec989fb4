// Claude's questions, all at once: each with its choices, room for other words and a note. Answered in part, skipped, or
// talked about instead.
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { type RequestProps, useAnswering } from './answering.ts';
import {
  answeredInput,
  answerTo,
  type Given,
  nothingGiven,
  questionsOf,
  unansweredInput,
} from './question-answers.ts';
import { QuestionChoices } from './question-choices.tsx';
import { SaidWords } from './said-words.tsx';
import { Trouble } from './trouble.tsx';

export function AskedQuestions(props: RequestProps) {
  const { input, requestId } = props.request;
  const answering = useAnswering(props);
  const questions = useMemo(() => questionsOf(input), [input]);
  const given = useSignal<ReadonlyMap<number, Given>>(new Map());
  const isTalking = useSignal(false);
  const words = useSignal('');
  const givenTo = (index: number) => given.value.get(index) ?? nothingGiven;
  const answered = questions.filter((question, index) => answerTo(question, givenTo(index)) !== '').length;

  return (
    <>
      <div class="request-body">
        {questions.map((question, index) => (
          <QuestionChoices
            key={index}
            name={`${requestId}-${index}`}
            question={question}
            given={givenTo(index)}
            onGiven={(now) => {
              given.value = new Map(given.value).set(index, now);
            }}
          />
        ))}
      </div>
      <div class="answer">
        <Trouble of={answering} />
        {isTalking.value ? (
          <SaidWords
            words={words}
            label="Words instead of an answer"
            placeholder="What Claude should know or ask instead"
            act="Say this"
            tone="primary"
            answering={answering}
            onBack={() => {
              isTalking.value = false;
            }}
            onSaid={(said) =>
              answering.answer({ behavior: 'allow', updatedInput: unansweredInput(input, said.trim()) })
            }
          />
        ) : (
          <div class="asking">
            <button
              type="button"
              class="button"
              disabled={answering.isRunning}
              onClick={() => answering.answer({ behavior: 'allow', updatedInput: unansweredInput(input) })}
            >
              Skip
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                isTalking.value = true;
              }}
            >
              Talk instead…
            </button>
            <button
              type="button"
              class="button primary"
              disabled={answering.isRunning.value || answered === 0}
              onClick={() =>
                answering.answer({
                  behavior: 'allow',
                  updatedInput: answeredInput(input, questions, givenTo),
                })
              }
            >
              {questions.length > 1 && answered > 0 && answered < questions.length
                ? `Answer ${answered} of ${questions.length}`
                : 'Answer'}
            </button>
          </div>
        )}
      </div>
    </>
  );
}
