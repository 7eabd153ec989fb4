// Ports of previews: one each, for good, and never two the same.
import { expect, test } from 'vitest';
import type { Document } from '../ports.ts';
import { createRegistry, type PreviewsDocument, type Registry, spreadOf } from './registry.ts';

function setUp(startAt = 0): { registry: Registry; taken: Set<number> } {
  let value: PreviewsDocument = { previews: [], ports: [] };
  const document: Document<PreviewsDocument> = {
    get value() {
      return value;
    },
    async update(change) {
      value = change(value);
    },
  };
  const taken = new Set<number>();
  return { registry: createRegistry({ document, isFree: async (port) => !taken.has(port), startAt }), taken };
}

const owner = (name: string) => ({ folder: '/app', name });

test('each gets the first free port, keeps it, and two that ask at once get two', async () => {
  const { registry, taken } = setUp();
  taken.add(47_101);
  const ports = await Promise.all(['a', 'b', 'a', 'c'].map((name) => registry.portOf(owner(name))));
  expect(ports).toEqual([47_100, 47_102, 47_100, 47_103]);
  taken.add(47_100);
  expect(await registry.portOf(owner('a'))).toBe(47_100);
});

test('a port is given up only as long as no device has been there', async () => {
  const { registry, taken } = setUp();
  const port = await registry.portOf(owner('a'));
  taken.add(port);
  expect(await registry.moveUnvisited(owner('a'))).toBe(47_101);
  expect([registry.isFirstVisit(47_101, 'phone'), await registry.portOf(owner('a'))]).toEqual([true, 47_101]);
  await registry.visited(47_101, 'phone');
  expect(registry.isFirstVisit(47_101, 'phone')).toBe(false);
  expect(await registry.moveUnvisited(owner('a'))).toBeUndefined();
});

test('other homes begin elsewhere, and go round at the end', async () => {
  const { registry } = setUp(899);
  expect([await registry.portOf(owner('a')), await registry.portOf(owner('b'))]).toEqual([47_999, 47_100]);
  expect(spreadOf('/home/ana')).toBeLessThan(900);
});

test('when every port is given away the next is refused', async () => {
  const { registry } = setUp();
  for (let n = 0; n < 900; n += 1) await registry.portOf(owner(String(n)));
  await expect(registry.portOf(owner('one more'))).rejects.toMatchObject({ code: 'preview_port_taken' });
});
