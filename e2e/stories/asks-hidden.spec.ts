// A change that looks like another one: what would hide or turn round a part of it stands there as its number before it is allowed.
import { tool } from '../../daemon/testing/scripted-api/replies.ts';
import { expect, test } from '../people/story.ts';

test('characters that hide a part of a change are shown before it is allowed', async ({ ana, daemon }) => {
  const file_path = `${daemon.project}/gate.js`;
  const content = "if (access != 'user\u202e \u2066// admin only\u2069 \u2066') {\r\n}\r\n";
  daemon.api.script('sly', [() => [tool('Write', { file_path, content })]]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[sly]]');
  const rows = ana.page.locator('.request-body .code-row .text');
  await expect(rows).toHaveText([
    "if (access != 'user[U+202E] [U+2066]// admin only[U+2069] [U+2066]') {",
    '}',
  ]);
});
