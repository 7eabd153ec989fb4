// What the real CLI printed, of two versions, and what it means: golden files, recorded and written anew by `npm run transcripts`
// (`-- --fold-only` without recording). A difference is either a fault or a change of meaning that the diff should show.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { translateSpool } from '../testing/translate-spool.ts';
import { meaningOf, readTranscript, transcriptFolder, transcriptNames } from '../testing/transcripts.ts';

const folder = join(import.meta.dirname, '../..', transcriptFolder);
const names = transcriptNames(folder);
const golden = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
/** As it is written: a field that is undefined is no field. */
const written = (value: unknown) => JSON.parse(JSON.stringify(value));

test('both versions were recorded, with the same scenarios', () => {
  const scenarios = (version: string) =>
    names.filter((name) => name.startsWith(version)).map((name) => name.slice(version.length));
  const versions = [...new Set(names.map((name) => name.split('/')[0] ?? ''))];
  expect(versions).toHaveLength(2);
  expect(scenarios(versions[0] ?? '')).toEqual(scenarios(versions[1] ?? ''));
});

describe.each(names)('%s', (name) => {
  const transcript = readTranscript(folder, name);

  test('means what it meant', () => {
    const { events, view } = meaningOf(transcript);
    expect(written(events)).toEqual(golden(`${name}.events.json`));
    expect(written(view)).toEqual(golden(`${name}.view.json`));
  });

  test('has no line that this version does not know', () => {
    const kept = meaningOf(transcript).events.filter(({ draft }) => draft.type === 'line.kept');
    expect(kept.map(({ draft }) => draft)).toEqual(
      name.endsWith('/unknown-lines')
        ? [
            { type: 'line.kept', line: { type: 'moon_phase', phase: 'full' } },
            { type: 'line.kept', line: { type: 'system', subtype: 'tide', height: 3 } },
            { type: 'line.kept', line: 'Warning: this is no JSON' },
          ]
        : [],
    );
  });

  test('ends with nothing left open', () => {
    const { turn, open, requests, tasks, queue, unanswered } = meaningOf(transcript).view;
    expect({ turn, open, requests, tasks, queue, unanswered }).toEqual({
      turn: null,
      open: [],
      requests: [],
      tasks: [],
      queue: [],
      unanswered: [],
    });
  });

  test('cut behind any line means what the whole means up to there', () => {
    const all = translateSpool(transcript.spool);
    const lines = transcript.spool.split('\n');
    for (let count = 1; count < lines.length; count += 7) {
      const cut = translateSpool(`${lines.slice(0, count).join('\n')}\n`);
      expect(cut).toEqual(all.filter(({ line }) => line <= count));
    }
  });
});

test.each(names.filter((name) => name.endsWith('/unknown-lines')))(
  'in %s what this version does not know is shown as it came, and nothing else is lost',
  (name) => {
    const items = meaningOf(readTranscript(folder, name)).view.pages.flat();
    expect(items.map((item) => item.kind)).toEqual([
      'message',
      'text',
      'receipt',
      'unknown',
      'unknown',
      'unknown',
    ]);
  },
);
