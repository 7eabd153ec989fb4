import { afterEach, expect, test, vi } from 'vitest';
import { createPreviewPage } from './preview-page.ts';

const origin = 'https://pc:47100';

afterEach(() => vi.unstubAllGlobals());

/** A window, a frame in it, and what the frame was told. */
function attached() {
  const here = new EventTarget();
  vi.stubGlobal('window', here);
  const told: { message: unknown; to: string }[] = [];
  const contentWindow = { postMessage: (message: unknown, to: string) => void told.push({ message, to }) };
  const page = createPreviewPage();
  const detach = page.attach({ contentWindow } as unknown as HTMLIFrameElement, origin);
  const say = (data: unknown, from: { origin?: string; source?: unknown } = {}) =>
    here.dispatchEvent(Object.assign(new Event('message'), { origin, source: contentWindow, data, ...from }));
  return { page, say, told, detach };
}

const hello = { from: 'porchlight-preview', kind: 'hello', path: '/a' };
const problem = {
  ...{ from: 'porchlight-preview', kind: 'problem' },
  problem: { kind: 'error', text: 'boom', where: '', path: '/a' },
};
const picked = (pinId: number) => ({
  ...{ from: 'porchlight-preview', kind: 'picked' },
  pin: {
    ...{ pinId, path: '/a', selector: '#x', tag: 'p', text: '', look: '', source: null },
    ...{ box: { x: 0, y: 0, width: 1, height: 1 }, viewport: { width: 390, height: 600 } },
  },
});

test('hears its own frame of that origin, and nobody else', () => {
  const { page, say, detach } = attached();
  say(hello, { origin: 'https://pc:47101' });
  say(hello, { origin: 'null' });
  say(hello, { source: {} });
  say(hello, { source: null });
  expect(page.isHeard.value).toBe(false);
  say(hello);
  expect([page.isHeard.value, page.path.value]).toEqual([true, '/a']);
  detach();
  say(problem);
  expect(page.problems.value).toEqual([]);
});

test('what is not in the form, or too long, is not heard', () => {
  const { page, say } = attached();
  for (const odd of [
    null,
    'hello',
    { ...hello, from: 'other' },
    { ...hello, path: 'javascript:1' },
    { ...problem, problem: { ...problem.problem, text: 'x'.repeat(2001) } },
    { ...problem, problem: { ...problem.problem, kind: '<b>' } },
  ])
    say(odd);
  expect([page.isHeard.value, page.problems.value]).toEqual([false, []]);
});

test('pins are taken while the person sets pins, each once, and the frame’s origin alone is told of them', () => {
  const { page, say, told } = attached();
  say(picked(1));
  expect(page.pins.value).toEqual([]);
  page.setPinning(true);
  say(picked(1));
  say(picked(1));
  say(picked(2));
  expect(page.pins.value.map(({ pinId }) => pinId)).toEqual([1, 2]);
  page.note(2, 'larger');
  page.unpin(1);
  expect(page.pins.value.map(({ pinId, note }) => [pinId, note])).toEqual([[2, 'larger']]);
  expect(told.at(-1)).toEqual({
    message: { from: 'porchlight', isPinning: true, pins: [{ pinId: 2, selector: '#x', path: '/a' }] },
    to: origin,
  });
  expect(told.every(({ to }) => to === origin)).toBe(true);
});

test('a page that says very much is cut short', () => {
  const { page, say } = attached();
  page.setPinning(true);
  for (let index = 0; index < 300; index += 1) {
    say(problem);
    say(picked(index));
  }
  expect([page.problems.value.length, page.pins.value.length]).toEqual([200, 20]);
});
