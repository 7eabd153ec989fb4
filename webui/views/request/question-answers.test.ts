import { describe, expect, it } from 'vitest';
import {
  answeredInput,
  answerTo,
  nothingGiven,
  questionsOf,
  unansweredInput,
  withOption,
  withOther,
} from './question-answers.ts';

const input = {
  questions: [
    {
      question: 'Which one?',
      header: 'One',
      multiSelect: false,
      options: [{ label: 'A' }, { label: 'B', preview: 'BB' }],
    },
    { question: 'Which ones?', header: 'Many', multiSelect: true, options: [{ label: 'C' }, { label: 'D' }] },
  ],
};
const questions = questionsOf(input);
const [one, many] = questions;
if (!one || !many) throw new Error('two questions were asked');

describe('one of several', () => {
  it('is the last one picked', () => {
    expect(answerTo(one, withOption(withOption(nothingGiven, one, 'A'), one, 'B'))).toBe('B');
  });
  it('is the words of the person once "Other" is picked', () => {
    const given = { ...withOther(withOption(nothingGiven, one, 'A'), one, true), other: ' my own ' };
    expect(answerTo(one, given)).toBe('my own');
  });
  it('is none while "Other" is empty', () => {
    expect(answerTo(one, withOther(nothingGiven, one, true))).toBe('');
  });
});

describe('several', () => {
  it('are told in the order of the question, the own words last', () => {
    const picked = withOption(withOption(nothingGiven, many, 'D'), many, 'C');
    expect(answerTo(many, { ...withOther(picked, many, true), other: 'E' })).toBe('C, D, E');
  });
  it('lose one that is picked again', () => {
    expect(answerTo(many, withOption(withOption(nothingGiven, many, 'D'), many, 'D'))).toBe('');
  });
});

it('gives the answers there are, with notes and the look of what was picked', () => {
  const given = { ...withOption(nothingGiven, one, 'B'), note: 'keep it small' };
  const answer = answeredInput(input, questions, (index) => (index === 0 ? given : nothingGiven));
  expect(answer).toEqual({
    ...input,
    answers: { 'Which one?': 'B' },
    annotations: { 'Which one?': { preview: 'BB', notes: 'keep it small' } },
  });
});

it('takes a note on its own for the answer', () => {
  const answer = answeredInput(input, questions, () => ({ ...nothingGiven, note: 'neither' }));
  expect(answer).toEqual({ ...input, answers: { 'Which one?': 'neither', 'Which ones?': 'neither' } });
});

it('skips with no answers, or talks instead', () => {
  expect([unansweredInput(input), unansweredInput(input, 'Let us talk')]).toEqual([
    { ...input, answers: {} },
    { ...input, answers: {}, response: 'Let us talk' },
  ]);
});

it('reads what is no question as none', () => {
  expect(questionsOf({ questions: 'what' })).toEqual([]);
});
