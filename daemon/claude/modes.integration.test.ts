// What each permission mode asks, runs and denies, as one table: through the daemon, with the pinned `claude`. A row that
// differs after the pinned version was raised is news to read, not a number to correct.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mode } from '../protocol/events.ts';
import type { LogEvent } from '../testing/daemon-client.ts';
import { type SaidYes, sayYes } from '../testing/say-yes.ts';
import { isRequest, startTalk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let yes: SaidYes | undefined;

beforeAll(async () => {
  daemon = await startTestDaemon({
    env: {
      // As root the CLI refuses the mode that asks nothing, unless it is told that it is in a sandbox.
      IS_SANDBOX: '1',
      // Nothing leaves this computer when a fetch is not asked.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: '127.0.0.1',
    },
  });
});

afterAll(async () => {
  await yes?.stop();
  await daemon.close();
});

/** asked, run, or denied without asking */
type Fate = 'A' | 'R' | 'D';

const modes = ['default', 'acceptEdits', 'plan', 'dontAsk', 'bypassPermissions'] as const satisfies Mode[];

/** In the order of `modes`. `{outside}` is a folder beside the project. */
const table: readonly (readonly [string, string])[] = [
  ['[[read hello.js]]', 'RRRRR'],
  ['[[bash ls]]', 'RRRRR'],
  ['[[bash echo hi]]', 'RRRRR'],
  ['[[bash sleep 0.01]]', 'RRRRR'],
  ['[[read {outside}/old.txt]]', 'AAADR'],
  ['[[bash touch x.txt]]', 'ARADR'],
  ['[[bash npm --version]]', 'AAADR'],
  ['[[bash make --version]]', 'AAADR'],
  ['[[write new.txt]]', 'ARADR'],
  ['[[write {outside}/new.txt]]', 'AAADR'],
  ['[[write .git/config]]', 'AAADR'],
  ['[[write .claude/settings.json]]', 'AAADR'],
  ['[[fetch]]', 'AAADR'],
  ['[[ask]]', 'AAADA'],
];

const isDenied = (event: LogEvent) =>
  event.type === 'tool.finished' && String(event['output']).startsWith('Permission to use ');

function fateIn(events: readonly LogEvent[]): Fate {
  if (events.some(isRequest)) return 'A';
  return events.some(isDenied) ? 'D' : 'R';
}

test('the mode that asks nothing is refused unless the person at the computer allows it', async () => {
  await expect(startTalk(daemon, { mode: 'bypassPermissions' })).rejects.toThrow('bypass_not_allowed');
  writeFileSync(join(daemon.home, 'config.json'), JSON.stringify({ allowBypass: true }));
  await daemon.restartWith();
  yes = await sayYes(daemon);
  await startTalk(daemon, { mode: 'bypassPermissions' });
});

test.each(modes)('in mode %s', async (mode) => {
  const outside = join(daemon.folder, `outside-${mode}`);
  mkdirSync(outside);
  writeFileSync(join(outside, 'old.txt'), 'old\n');
  const talk = await startTalk(daemon, { mode });
  const fates: Record<string, Fate> = {};
  for (const [text] of table) {
    fates[text] = fateIn(await talk.denying(text.replace('{outside}', outside)));
  }
  const expected = table.map(([text, row]) => [text, row[modes.indexOf(mode)]]);
  expect(fates).toEqual(Object.fromEntries(expected));
});

test('the mode that asks nothing can be chosen later and left again', async () => {
  const talk = await startTalk(daemon);
  const { conversationId } = talk;
  const asked = [(await talk.denying('[[bash npm --version]]')).filter(isRequest).length];
  for (const mode of ['bypassPermissions', 'default'] as const) {
    await daemon.client.command('conversation.configure', { conversationId, mode });
    asked.push((await talk.denying('[[bash npm --version]]')).filter(isRequest).length);
  }
  expect(asked).toEqual([1, 0, 1]);
});
