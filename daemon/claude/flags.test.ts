// Where in which session a run begins, as the command line says it.
import { expect, test } from 'vitest';
import { claudeFlags, type FlagOptions } from './flags.ts';

const options: FlagOptions = {
  ...{ sessionId: 'new', resume: false, branch: null, mode: 'default', model: null, effort: null },
  ...{ mayBypass: false, uploadsFolder: '/uploads', trusted: true, projectRules: [] },
};
const branch = { sessionId: 'old', anchor: 'line', fork: false, leaving: null };

/** The part of the line that is about the session. */
function sessionPart(more: Partial<FlagOptions>): string {
  const line = claudeFlags({ ...options, ...more }).join(' ');
  return /(--resume|--session-id).*(?= --settings)/.exec(line)?.[0] ?? '';
}

test.each<[string, Partial<FlagOptions>, string]>([
  ['a new session', {}, '--session-id new'],
  ['the session again', { resume: true, sessionId: 'old' }, '--resume old'],
  [
    'an earlier place in it',
    { resume: true, sessionId: 'old', branch },
    '--resume old --resume-session-at line',
  ],
  [
    'a fork from there',
    { resume: true, branch: { ...branch, fork: true } },
    '--resume old --resume-session-at line --fork-session --session-id new',
  ],
  ['before its very beginning', { branch: { ...branch, anchor: null } }, '--session-id new'],
])('%s', (_, more, expected) => {
  expect(sessionPart(more)).toBe(expected);
});
