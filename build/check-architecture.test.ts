// Plants one violation per rule in a small tree and expects the whole message, so that every rule is seen to fail.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { architecture } from './architecture.ts';
import { checkArchitecture } from './check-architecture.ts';

let root: string | undefined;

afterEach(() => {
  if (root !== undefined) rmSync(root, { recursive: true });
  root = undefined;
});

function messagesOn(files: Record<string, string>): string[] {
  root = mkdtempSync(join(tmpdir(), 'architecture-'));
  for (const folder of architecture.sources) mkdirSync(join(root, folder));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkArchitecture(root, architecture);
}

const empty = 'export {};\n';

test('a tree that keeps the rules has nothing said about it', () => {
  const files = {
    'daemon/protocol/events.ts': `import * as z from 'zod/mini';\nexport const event = z.object({});\n`,
    'daemon/ports.ts': `export type { event } from './protocol/events.ts';\nexport type Clock = { now(): number };\n`,
    'daemon/conversations/log.ts': `import type { Clock } from '../ports.ts';\nexport const at = (clock: Clock) => clock.now();\n`,
    'daemon/conversations/log.test.ts': `import { setTimeout } from 'node:timers/promises';\nawait setTimeout(1);\n`,
    'daemon/system/clock.ts': `export const now = () => Date.now();\nexport const found = /a/.exec('a');\n`,
    'daemon/main.ts': `import { now } from './system/clock.ts';\nconsole.log(now(), process.env, process.argv);\n`,
    'webui/main.tsx': `import type { event } from '../daemon/protocol/events.ts';\nexport type E = typeof event;\n`,
  };
  expect(messagesOn(files)).toEqual([]);
});

test.each([
  {
    rule: 'a layer that imports another',
    files: {
      'daemon/http/api.ts': `\nimport { x } from '../store/documents.ts';\n`,
      'daemon/store/documents.ts': empty,
    },
    says: 'daemon/http/api.ts:2 layer: may not import daemon/store/documents.ts; daemon/http/ imports only itself, daemon/protocol/, daemon/ports.ts, daemon/ports/, daemon/commands.ts, daemon/conversations/, daemon/previews/ or daemon/pairing/ - take the rest through a port or an argument',
  },
  {
    rule: 'a type-only import across layers',
    files: {
      'daemon/protocol/events.ts': `import type { Clock } from '../ports.ts';\n`,
      'daemon/ports.ts': empty,
    },
    says: 'daemon/protocol/events.ts:1 layer: may not import daemon/ports.ts; daemon/protocol/ imports only itself - take the rest through a port or an argument',
  },
  {
    rule: 'an import() across layers',
    files: {
      'daemon/ports.ts': `export const x = () => import('./config.ts');\n`,
      'daemon/config.ts': empty,
    },
    says: 'daemon/ports.ts:1 layer: may not import daemon/config.ts; daemon/ports.ts imports only itself, daemon/protocol/ - take the rest through a port or an argument',
  },
  {
    rule: 'a type written as an import across layers',
    files: { 'daemon/ports.ts': `export type X = import('./config.ts').X;\n`, 'daemon/config.ts': empty },
    says: 'daemon/ports.ts:1 layer: may not import daemon/config.ts; daemon/ports.ts imports only itself, daemon/protocol/ - take the rest through a port or an argument',
  },
  {
    rule: 'a file outside the layers',
    files: { 'daemon/newcomer/x.ts': empty },
    says: 'daemon/newcomer/x.ts:1 layer: belongs to no layer; add it to build/architecture.ts',
  },
  {
    rule: 'a cycle of types',
    files: {
      'daemon/store/a.ts': `import type { B } from './b.ts';\nexport type A = B;\n`,
      'daemon/store/b.ts': `import './c.ts';\nexport type B = 1;\n`,
      'daemon/store/c.ts': `\nexport type { A } from './a.ts';\nexport const c = 1;\n`,
    },
    says: 'daemon/store/a.ts:1 cycle: daemon/store/a.ts -> daemon/store/b.ts -> daemon/store/c.ts -> daemon/store/a.ts; move what both need into a file of its own',
  },
  {
    rule: 'a package away from home',
    files: { 'daemon/http/api.ts': `import { WebSocketServer } from 'ws';\n` },
    says: 'daemon/http/api.ts:1 package: ws lives behind daemon/http/socket.ts, daemon/http/outlet.ts or daemon/http/preview-bridge.ts; use what is exported there',
  },
  {
    rule: 'a package that nobody listed',
    files: { 'daemon/protocol/events.ts': `import { z } from 'zod';\n` },
    says: 'daemon/protocol/events.ts:1 package: zod is not in build/architecture.ts; say there which file it lives behind',
  },
  {
    rule: 'Node in code that runs in the browser',
    files: { 'daemon/protocol/fold.ts': `import { join } from 'node:path';\n` },
    says: 'daemon/protocol/fold.ts:1 package: node:path does not exist in a browser, where this file runs too',
  },
  {
    rule: 'child processes away from spawn',
    files: { 'daemon/projects/git.ts': `import { spawn } from 'node:child_process';\n` },
    says: 'daemon/projects/git.ts:1 package: node:child_process lives behind daemon/system/spawn.ts, build/, e2e/, daemon/testing/, *.test.ts, *.test.tsx, *.contract.ts or *.setup.ts; use a port',
  },
  {
    rule: 'exec by name',
    files: { 'daemon/system/spawn.ts': `import { execSync } from 'node:child_process';\n` },
    says: 'daemon/system/spawn.ts:1 shell: node:child_process#execSync; import { spawn } or { execFile } by name and pass an array of arguments',
  },
  {
    rule: 'all of child_process at once',
    files: { 'build/x.ts': `const all = await import('node:child_process');\n` },
    says: 'build/x.ts:1 shell: node:child_process#*; import { spawn } or { execFile } by name and pass an array of arguments',
  },
  {
    rule: 'shell: true',
    files: { 'daemon/system/spawn.ts': `export const options = {\n  shell: true,\n};\n` },
    says: 'daemon/system/spawn.ts:2 shell: shell: true; import { spawn } or { execFile } by name and pass an array of arguments',
  },
  {
    rule: 'the environment away from main',
    files: { 'daemon/config.ts': `export const home = process.env['HOME'];\n` },
    says: 'daemon/config.ts:1 environment: process.env; let daemon/main.ts read it and pass it in',
  },
  {
    rule: 'the arguments by destructuring',
    files: { 'daemon/config.ts': `export const { argv } = process;\n` },
    says: 'daemon/config.ts:1 environment: process.argv; let daemon/main.ts read it and pass it in',
  },
  {
    rule: 'process as a module',
    files: { 'daemon/config.ts': `import process from 'node:process';\n` },
    says: 'daemon/config.ts:1 package: node:process is not to be imported; use the global or a port',
  },
  {
    rule: 'raw HTML by assignment',
    files: {
      'webui/views/message.ts': `export const show = (at: Element) => {\n  at.innerHTML = '<b>';\n};\n`,
    },
    says: 'webui/views/message.ts:2 raw-html: .innerHTML; render elements; text from outside stays text',
  },
  {
    rule: 'raw HTML by attribute',
    files: {
      'webui/views/message.tsx': `export const a = <p dangerouslySetInnerHTML={{ __html: '' }} />;\n`,
    },
    says: 'webui/views/message.tsx:1 raw-html: .dangerouslySetInnerHTML; render elements; text from outside stays text',
  },
  {
    rule: 'a timer of its own',
    files: {
      'daemon/claude/session.ts': `export const later = (f: () => void) => globalThis.setTimeout(f, 5);\n`,
    },
    says: 'daemon/claude/session.ts:1 clock: setTimeout(); ask the Clock port, so that tests own the time',
  },
  {
    rule: 'the time of the system',
    files: {
      'daemon/pairing/codes.ts': `export const now = () => new Date();\nexport const day = new Date(0);\n`,
    },
    says: 'daemon/pairing/codes.ts:1 clock: new Date(); ask the Clock port, so that tests own the time',
  },
  {
    rule: 'a file that is too long',
    files: { 'webui/styles/main.css': 'a {}\n'.repeat(301) },
    says: 'webui/styles/main.css:301 length: 301 lines, 300 at most; split it where the seam is',
  },
  {
    rule: 'a name that fits anything',
    files: { 'webui/utils/dates.ts': empty },
    says: 'webui/utils/dates.ts:1 name: "utils" fits anything; name it for what it does',
  },
  {
    rule: 'a barrel',
    files: {
      'daemon/store/index.ts': `export { a } from './a.ts';\n`,
      'daemon/store/a.ts': 'export const a = 1;\n',
    },
    says: 'daemon/store/index.ts:1 barrel: only re-exports; import from the files themselves',
  },
  {
    rule: 'something new at the top level',
    files: { 'scripts/x.sh': '' },
    says: 'scripts:1 top-level: does not belong at the top level; find its folder',
  },
])('$rule is refused with what to do instead', ({ files, says }) => {
  expect(messagesOn(files)).toEqual([says]);
});
