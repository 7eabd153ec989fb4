import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { homeContents } from './home-contents.ts';

const daemon = fileURLToPath(new URL('../../', import.meta.url));
/** There `home` is the folder of one run, server or conversation; and the probe is gone at once. */
const others = ['stdin', 'spool', 'stderr', 'run.json', 'server.json', 'log', '.probe', '..'];

test('every name that the daemon’s sources join to a home is known to whoever removes one', () => {
  const files = readdirSync(daemon, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /(?<!\.test|\.contract)\.ts$/.test(file) && !/^testing\//.test(file),
  );
  const joined = files.flatMap((file) => {
    const text = readFileSync(join(daemon, file), 'utf8');
    return [...text.matchAll(/join\((?:\w+\.)?home, '([^'/]+)'/g)].map(([, name = '']) => name);
  });
  const names = [...new Set(joined)].filter((name) => !others.includes(name));
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !homeContents.includes(name))).toEqual([]);
});
