// What the log says when nobody is logged in, when a login is no longer good, and when the person's plan is used up. Through
// the daemon, with the pinned `claude` and a login that is made up.
import { expect, test } from 'vitest';
import { startTalk } from '../testing/talk.ts';
import { startTestDaemon } from '../testing/test-daemon.ts';

/** A login makes the CLI want to call home; nothing leaves this computer. */
const env = {
  ANTHROPIC_API_KEY: '',
  CLAUDE_CODE_MAX_RETRIES: '1',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
};
const notLoggedIn = {
  outcome: 'failed',
  cause: 'authentication_failed',
  error: 'Not logged in · Please run /login',
};

test('without a login every message says so, and the API hears nothing', async () => {
  const daemon = await startTestDaemon({ env });
  try {
    const talk = await startTalk(daemon);
    expect((await talk.allowing('[[text one]]')).at(-1)).toMatchObject(notLoggedIn);
    expect((await talk.allowing('[[text two]]')).at(-1)).toMatchObject(notLoggedIn);
    expect(daemon.api.requests.filter(({ picked }) => picked !== undefined)).toEqual([]);
  } finally {
    await daemon.close();
  }
});

test('a plan that is used up, one that nearly is, and a login that is no longer good', async () => {
  const daemon = await startTestDaemon({ env: { ...env, CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-made-up' } });
  try {
    const talk = await startTalk(daemon);
    const usedUp = await talk.allowing('[[limit]]');
    expect(usedUp.at(-1)).toMatchObject({
      outcome: 'failed',
      cause: 'rate_limit',
      error: expect.stringMatching(/^You've hit your limit · resets /),
    });
    expect(usedUp.filter((event) => event.type === 'retry.scheduled')).toEqual([]);
    expect(usedUp.filter((event) => event.type === 'limit.reported')).toMatchObject([
      { window: 'five_hour', status: 'rejected', resetsAt: expect.any(Number) },
    ]);

    const nearly = await talk.allowing('[[limitok]]');
    expect(nearly.at(-1)).toMatchObject({ outcome: 'completed', error: null });
    expect(nearly.filter((event) => event.type === 'limit.reported')).toMatchObject([
      { window: 'five_hour', status: 'allowed_warning', used: 0.91 },
    ]);

    const expired = await talk.allowing('[[e401]]');
    expect(expired.at(-1)).toMatchObject(notLoggedIn);
    // How often it tries differs with whether it tries to renew the login in between.
    const causes = expired.filter((event) => event.type === 'retry.scheduled').map((event) => event['error']);
    expect(new Set(causes)).toEqual(new Set(['authentication_failed']));

    expect((await talk.allowing('[[text fine]]')).at(-1)).toMatchObject({ outcome: 'completed' });
  } finally {
    await daemon.close();
  }
});
