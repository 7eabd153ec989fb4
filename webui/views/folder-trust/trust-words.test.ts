// What a folder brings along, as it is told.
import { expect, test } from 'vitest';
import type { Brought, FolderTrust } from '../../../daemon/protocol/trust.ts';
import { groupsOf, lineWords } from './trust-words.ts';

const one = (kind: Brought['kind'], name = kind): Brought => ({ kind, name, detail: 'x', file: '.mcp.json' });
const trust = (change: Partial<FolderTrust>): FolderTrust => ({
  ...{ path: '/app', state: 'untrusted', brings: [], unreadable: [] },
  ...change,
});

test('the line counts what the project brings, most dangerous first', () => {
  const brings = [one('rule'), one('rule'), one('server'), one('hook')];
  expect(lineWords(trust({ brings }))).toBe(
    'This project brings 1 hook, 1 MCP server, 2 rules. Off until you trust it.',
  );
  expect(groupsOf(brings).map(({ items }) => items.length)).toEqual([1, 1, 2]);
});

test('it is silent where there is nothing to ask', () => {
  expect(lineWords(trust({}))).toBeUndefined();
  expect(lineWords(trust({ state: 'trusted', brings: [one('hook')] }))).toBeUndefined();
});

test('a file that cannot be read and a changed project are told', () => {
  expect(lineWords(trust({ unreadable: ['.mcp.json'] }))).toContain('.mcp.json, which cannot be read');
  expect(lineWords(trust({ state: 'changed', brings: [one('hook')] }))).toContain('changed what it brings');
});
