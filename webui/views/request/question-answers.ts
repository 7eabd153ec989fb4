// What a person has picked and typed for Claude's questions so far, and the answer that it makes. Pure.
// The answer is the tool's own input with `answers` by question, as Claude Code takes it.
import { field, listField, textField } from '../../../daemon/protocol/fields.ts';
import { type Json, withFields } from './json.ts';

export interface Option {
  readonly label: string;
  readonly description: string;
  /** What the option would look like; '' when there is nothing to show. */
  readonly preview: string;
}

export interface Question {
  readonly question: string;
  readonly header: string;
  readonly isMultiple: boolean;
  readonly options: readonly Option[];
}

export interface Given {
  readonly picked: readonly string[];
  readonly isOther: boolean;
  readonly other: string;
  readonly note: string;
}

export const nothingGiven: Given = { picked: [], isOther: false, other: '', note: '' };

export function questionsOf(input: unknown): readonly Question[] {
  return listField(input, 'questions').map((each) => ({
    question: textField(each, 'question'),
    header: textField(each, 'header'),
    isMultiple: field(each, 'multiSelect') === true,
    options: listField(each, 'options').map((option) => ({
      label: textField(option, 'label'),
      description: textField(option, 'description'),
      preview: textField(option, 'preview'),
    })),
  }));
}

/** The same with one option picked, or put back where several may be. */
export function withOption(given: Given, { isMultiple }: Question, label: string): Given {
  if (!isMultiple) return { ...given, picked: [label], isOther: false };
  const isIn = given.picked.includes(label);
  return {
    ...given,
    picked: isIn ? given.picked.filter((each) => each !== label) : [...given.picked, label],
  };
}

export function withOther(given: Given, { isMultiple }: Question, isOther: boolean): Given {
  return { ...given, isOther, picked: isMultiple ? given.picked : [] };
}

/** '' while there is none. A note on its own is an answer in the person's words. */
export function answerTo(question: Question, given: Given): string {
  const labels = question.options.map(({ label }) => label).filter((label) => given.picked.includes(label));
  const other = given.isOther ? given.other.trim() : '';
  const all = other === '' ? labels : [...labels, other];
  return all.length === 0 ? given.note.trim() : all.join(', ');
}

export function answeredInput(
  input: unknown,
  questions: readonly Question[],
  given: (index: number) => Given,
): Json {
  const answers: Record<string, Json> = {};
  const annotations: Record<string, Json> = {};
  for (const [index, question] of questions.entries()) {
    const said = given(index);
    const answer = answerTo(question, said);
    if (answer === '') continue;
    answers[question.question] = answer;
    const notes = said.note.trim();
    const preview = question.isMultiple ? '' : (optionOf(question, answer)?.preview ?? '');
    const annotation = {
      ...(preview === '' ? {} : { preview }),
      ...(notes === '' || notes === answer ? {} : { notes }),
    };
    if (Object.keys(annotation).length > 0) annotations[question.question] = annotation;
  }
  const noted = Object.keys(annotations).length > 0 ? { annotations } : {};
  return withFields(input, { answers, ...noted });
}

/** No answer to any question; `words`, when there are any, instead of all of them. */
export function unansweredInput(input: unknown, words = ''): Json {
  return withFields(input, { answers: {}, ...(words === '' ? {} : { response: words }) });
}

function optionOf({ options }: Question, label: string): Option | undefined {
  return options.find((option) => option.label === label);
}
