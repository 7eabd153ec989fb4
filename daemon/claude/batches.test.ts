// Batching keeps every event and every letter, in order, whatever the pace of the taker.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../ports.ts';
import type { SourcedDraft } from '../ports/claude.ts';
import { createBatches, merged } from './batches.ts';

const source = { runId: 'r', offset: 0 };
const draft = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b'), fc.string())
    .map(([blockId, text]): SourcedDraft => ({ type: 'text.delta', blockId, text, source })),
  fc.constant<SourcedDraft>({ type: 'turn.started', turnId: 't', source }),
);

/** Time stands still, and waiting is over at once. */
const instant: Clock = {
  now: () => 0,
  today: () => '2026-11-21',
  monotonic: () => 0,
  after: (_ms, action) => {
    queueMicrotask(action);
    return () => {};
  },
};

async function* from(drafts: readonly SourcedDraft[]): AsyncGenerator<readonly SourcedDraft[]> {
  for (const draft of drafts) yield [draft];
}

/** What a reader sees: the text of each block, and what stands between. */
function meaning(drafts: readonly SourcedDraft[]): string[] {
  const parts: string[] = [];
  for (const d of drafts) {
    const part = d.type === 'text.delta' ? `${d.blockId}:` : d.type;
    const isMore = d.type === 'text.delta' && parts.at(-1)?.startsWith(part);
    if (isMore) parts.push(`${parts.pop()}${d.text}`);
    else parts.push(d.type === 'text.delta' ? part + d.text : part);
  }
  return parts;
}

test('any stream comes out with the same meaning', async () => {
  const moving: Clock = { ...instant, today: () => '2026-11-21', monotonic: () => (time += 25) };
  let time = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(draft, { maxLength: 50 }), async (drafts) => {
      const out: SourcedDraft[] = [];
      for await (const batch of createBatches(from(drafts), moving)) out.push(...batch);
      expect(meaning(out)).toEqual(meaning(drafts));
    }),
  );
});

test('neighbouring deltas of one block become one, with the source of the last', () => {
  const delta = (blockId: string, text: string, offset: number): SourcedDraft => ({
    type: 'text.delta',
    blockId,
    text,
    source: { runId: 'r', offset },
  });
  expect(merged([delta('a', 'x', 1), delta('a', 'y', 2), delta('b', 'z', 3)])).toEqual([
    delta('a', 'xy', 2),
    delta('b', 'z', 3),
  ]);
});

test('an error of the source reaches the taker, after what came before it', async () => {
  async function* broken(): AsyncGenerator<readonly SourcedDraft[]> {
    yield [{ type: 'turn.started', turnId: 't', source }];
    throw new Error('spool gone');
  }
  const taken: string[] = [];
  const taking = (async () => {
    for await (const batch of createBatches(broken(), instant)) taken.push(...batch.map((d) => d.type));
  })();
  await expect(taking).rejects.toThrow('spool gone');
  expect(taken).toEqual(['turn.started']);
});

test('the events of one line are never parted, whatever the pace', async () => {
  const line: SourcedDraft[] = [
    { type: 'mode.changed', mode: 'plan', source },
    { type: 'turn.started', turnId: 't', source },
  ];
  async function* lines(): AsyncGenerator<readonly SourcedDraft[]> {
    for (let n = 0; n < 50; n++) yield line;
  }
  for await (const batch of createBatches(lines(), instant)) {
    expect(batch.map((d) => d.type)).toEqual(
      Array.from({ length: batch.length / 2 }, () => line.map((d) => d.type)).flat(),
    );
  }
});

test('what came last is given out in time, also by a timer that fires early and with nothing behind it', async () => {
  let time = 0;
  const early: Clock = {
    now: () => 0,
    today: () => '2026-11-21',
    monotonic: () => time,
    after(ms, action) {
      time += Math.max(ms - 1, 0.5);
      queueMicrotask(action);
      return () => {};
    },
  };
  const delta = (text: string): SourcedDraft => ({ type: 'text.delta', blockId: 'a', text, source });
  let finish = () => {};
  async function* quiet(): AsyncGenerator<readonly SourcedDraft[]> {
    yield [delta('first')];
    yield [delta('second')];
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  }
  const batches = createBatches(quiet(), early);
  const texts: string[] = [];
  while (texts.join('') !== 'firstsecond') {
    const { value } = await batches.next();
    for (const draft of value ?? []) if (draft.type === 'text.delta') texts.push(draft.text);
  }
  finish();
  expect((await batches.next()).done).toBe(true);
});
