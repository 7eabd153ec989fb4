// AskUserQuestion: what Claude's API is told for every way in which a person can answer, skip or talk instead. Through the
// daemon, with the pinned `claude`.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandInput } from '../protocol/commands.ts';
import { isRequest, startTalk, type Talk, toldOf } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

type Json = NonNullable<CommandInput<'permission.answer'>['updatedInput']>;

let daemon: TestDaemon;
let talk: Talk;

beforeAll(async () => {
  daemon = await startTestDaemon();
  talk = await startTalk(daemon);
});

afterAll(() => daemon.close());

const library = 'Which library should we use?';
const features = 'Which features do you want?';
const goOn = 'You can now continue with these answers in mind.';
const readOn =
  'Read the answers carefully — they may request clarification, changes, or that you not proceed — and follow what they actually say.';

/** Has Claude ask, answers with these fields beside the questions, and gives what the API was told. */
async function told(fields: Readonly<Record<string, Json>>) {
  await talk.say('[[ask]]');
  const request = await talk.asked();
  const updatedInput: Json = { ...(request['input'] as Record<string, never>), ...fields };
  await talk.answer(request, { behavior: 'allow', updatedInput });
  await talk.ended();
  return toldOf(daemon.api, request['toolId']);
}

test('the request holds every question with its options', async () => {
  await talk.say('[[ask]]');
  const request = await talk.asked();
  expect(request).toMatchObject({ tool: 'AskUserQuestion', suggestions: [] });
  expect(request['input']).toEqual({
    questions: [
      {
        question: library,
        header: 'Library',
        multiSelect: false,
        options: [
          { label: 'date-fns', description: 'Small and modular' },
          { label: 'luxon', description: 'By the authors of moment' },
        ],
      },
      {
        question: features,
        header: 'Features',
        multiSelect: true,
        options: [
          { label: 'Parsing', description: 'Parse dates' },
          { label: 'Zones', description: 'Time zones' },
        ],
      },
    ],
  });
  await talk.answer(request, { behavior: 'deny' });
  await talk.ended();
});

describe('the API is told', () => {
  const answers: readonly [string, Readonly<Record<string, Json>>, string][] = [
    [
      'one choice and several',
      { answers: { [library]: 'luxon', [features]: 'Parsing, Zones' } },
      `Your questions have been answered: "${library}"="luxon", "${features}"="Parsing, Zones". ${goOn}`,
    ],
    [
      'several choices as a list',
      { answers: { [library]: 'luxon', [features]: ['Parsing', 'Zones'] } },
      `Your questions have been answered: "${library}"="luxon", "${features}"="Parsing,Zones". ${goOn}`,
    ],
    [
      'one answer of two',
      { answers: { [library]: 'luxon' } },
      `Your questions have been answered: "${library}"="luxon". ${goOn}`,
    ],
    [
      'own words',
      { answers: { [library]: 'Temporal, "natively"' } },
      `The user answered: "${library}"="Temporal, "natively"". ${readOn}`,
    ],
    [
      'a choice and own words beside it',
      { answers: { [library]: 'luxon', [features]: 'Zones, Calendars' } },
      `The user answered: "${library}"="luxon", "${features}"="Zones, Calendars". ${readOn}`,
    ],
    [
      'a note',
      { answers: { [library]: 'luxon' }, annotations: { [library]: { notes: 'but keep it small' } } },
      `The user answered: "${library}"="luxon" notes: but keep it small. ${readOn}`,
    ],
    [
      'the preview that was picked, and a note',
      {
        answers: { [library]: 'luxon' },
        annotations: { [library]: { notes: 'small', preview: 'import { DateTime }' } },
      },
      `The user answered: "${library}"="luxon" selected preview:\nimport { DateTime } notes: small. ${readOn}`,
    ],
    [
      'words instead of an answer',
      { answers: {}, response: 'I would rather talk' },
      'The user responded: I would rather talk',
    ],
    ['that nothing was answered', { answers: {} }, 'The user did not answer the questions.'],
    ['that nothing was answered, without answers', {}, 'The user did not answer the questions.'],
  ];

  test.each(answers)('%s', async (_name, fields, text) => {
    expect(await told(fields)).toEqual({ text, isError: false });
  });

  test('a no, word for word, as an error', async () => {
    await talk.say('[[ask]]');
    const request = await talk.asked();
    await talk.answer(request, { behavior: 'deny', message: 'Decide for yourself.' });
    await talk.ended();
    expect(toldOf(daemon.api, request['toolId'])).toEqual({ text: 'Decide for yourself.', isError: true });
  });
});

test('what was answered stays in the log, to be shown later', async () => {
  await talk.say('[[ask]]');
  const request = await talk.asked();
  const updatedInput: Json = {
    ...(request['input'] as Record<string, never>),
    answers: { [library]: 'luxon' },
  };
  await talk.answer(request, { behavior: 'allow', updatedInput });
  const events = await talk.ended();
  expect(events.find((event) => event.type === 'permission.answered')).toMatchObject({ updatedInput });
  expect(events.find((event) => event.type === 'tool.finished')).toMatchObject({
    isError: false,
    detail: { answers: { [library]: 'luxon' } },
  });
});

test.each(['acceptEdits', 'plan'] as const)('a question is asked in mode %s too', async (mode) => {
  const other = await startTalk(daemon, { mode });
  expect((await other.denying('[[ask]]')).filter(isRequest)).toMatchObject([{ tool: 'AskUserQuestion' }]);
});
