import { expect, test } from 'vitest';
import { emptyView, type MessageItem } from '../protocol/view.ts';
import { outlineOf } from './outline.ts';
import { searchView } from './search.ts';
import { summaryOf } from './summary.ts';

const file = (name: string) => ({ uploadId: name, name, mediaType: 'image/png', size: 1 });
const message: MessageItem = {
  ...{ kind: 'message', key: 'm', at: 1, clientId: 'c', deviceId: 'd', text: '', state: 'answered' },
  attachments: [file('harbour.png'), file('plan.pdf')],
};
const view = { ...emptyView, pages: [[message]] };

test('a message without words is told by its files, in the list and in the outline, and is found by them', async () => {
  expect(summaryOf(view).lastText).toBe('harbour.png, plan.pdf');
  expect(outlineOf(view).map(({ text }) => text)).toEqual(['harbour.png, plan.pdf']);
  const { hits } = await searchView(view, 'plan');
  expect(hits).toMatchObject([{ key: 'm', excerpt: 'plan.pdf' }]);
});
