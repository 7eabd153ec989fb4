import { afterEach, expect, test, vi } from 'vitest';
import { openUploads } from './uploads.ts';

/** A computer that answers announcements with a refusal for as long as `refusal` is set. */
function computer() {
  const announced: string[] = [];
  const answers = { refusal: undefined as string | undefined };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
    if (init.method === 'POST') {
      const { name } = JSON.parse(String(init.body));
      if (answers.refusal !== undefined && name !== 'small.txt')
        return json({ ok: false, error: { code: answers.refusal, message: 'Too many.' } }, 429);
      announced.push(name);
      return json({ ok: true, result: { uploadId: String(announced.length).padStart(32, '0') } });
    }
    const size = init.body instanceof ArrayBuffer ? init.body.byteLength : 0;
    return json({ ok: true, result: { offset: size, path } });
  });
  return { announced, answers };
}

const disk = { all: async () => [], put: async () => undefined, delete: async () => undefined };
const access = { token: async () => 'token', drop: () => undefined };
const file = (name: string) => new File(['some words'], name, { type: 'text/plain' });

afterEach(() => void vi.unstubAllGlobals());

test('a file that the computer puts off says why and waits, the others go on, and it goes when there is room', async () => {
  const { announced, answers } = computer();
  const uploads = await openUploads({ disk, access, settled: () => undefined });
  answers.refusal = 'too_many_uploads';
  uploads.add('a', [file('large.txt'), file('small.txt')]);
  const states = () => uploads.files.value.map(({ name, state }) => [name, state]);
  await vi.waitFor(() =>
    expect(states()).toEqual([
      ['large.txt', { kind: 'waiting', reason: 'Too many.' }],
      ['small.txt', { kind: 'there' }],
    ]),
  );

  answers.refusal = undefined;
  uploads.go();
  await vi.waitFor(() => expect(uploads.files.value.every(({ state }) => state.kind === 'there')).toBe(true));
  expect(announced).toEqual(['small.txt', 'large.txt']);
});

test('the files of a conversation that is gone go too, but for those of a message that is still here', async () => {
  computer();
  const deleted: string[] = [];
  const uploads = await openUploads({
    ...{ access, settled: () => undefined },
    disk: { ...disk, delete: async (_store, key) => void deleted.push(key) },
  });
  uploads.add('a', [file('one.txt'), file('unsent.txt')]);
  uploads.add('b', [file('two.txt')]);
  const [gone, unsent] = uploads.files.value;
  uploads.forget('a', new Set([unsent?.fileId ?? '']));

  expect(uploads.files.value.map(({ name }) => name)).toEqual(['unsent.txt', 'two.txt']);
  expect(deleted).toEqual([gone?.fileId]);
});
