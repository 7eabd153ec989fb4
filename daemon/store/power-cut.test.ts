// What must be on disk before anyone reads it or is told that it is there: what a chaos run with power cuts found missing.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { watchSyncs } from '../testing/synced-paths.ts';
import { systemClock as clock } from '../system/clock.ts';
import { openJsonlStore } from './jsonl-store.ts';

const id = '00000000-0000-4000-8000-000000000000';

describe.skipIf(process.platform !== 'linux')('a power cut', () => {
  test('cannot take a new log: its folders are on disk before its first event is', async () => {
    const home = await mkdtemp(join(tmpdir(), 'porchlight-power-'));
    const store = await openJsonlStore({ home, clock });
    const syncs = await watchSyncs();
    await (await store.open(id)).append([{ type: 'a' }]).durable;
    syncs.restore();
    const folders = ['', 'conversations', `conversations/${id}`, `conversations/${id}/log`];
    expect(syncs.paths.slice(0, -1)).toEqual(expect.arrayContaining(folders.map((name) => join(home, name))));
    expect(syncs.paths.at(-1)).toBe(join(home, 'conversations', id, 'log', '00000001.jsonl'));
  });

  test('cannot take what a killed daemon wrote and the next one showed: that is synced when the log is opened', async () => {
    const home = await mkdtemp(join(tmpdir(), 'porchlight-power-'));
    const first = await openJsonlStore({ home, clock });
    await (await first.open(id)).append([{ type: 'a' }]).durable;
    const second = await openJsonlStore({ home, clock });
    const syncs = await watchSyncs();
    await second.open(id);
    syncs.restore();
    const folder = join(home, 'conversations', id, 'log');
    expect(syncs.paths).toEqual([join(folder, '00000001.jsonl'), folder]);
  });

  test('spoils at most one record, whatever was appended at once: pages reach the disk in any order', async () => {
    const home = await mkdtemp(join(tmpdir(), 'porchlight-power-'));
    const log = await (await openJsonlStore({ home, clock })).open(id);
    await log.append([{ type: 'a' }]).durable;
    const segment = join(home, 'conversations', id, 'log', '00000001.jsonl');
    await Promise.all(['b', 'c', 'd'].map((type) => log.append([{ type }]).durable));
    await log.close();
    const bytes = await readFile(segment);
    const third = bytes.indexOf('"type":"c"');
    await writeFile(segment, bytes.fill(0, third, third + 10));
    const again = await (await openJsonlStore({ home, clock })).open(id);
    expect({ damaged: again.damaged, head: again.head }).toEqual({ damaged: false, head: 2 });
  });
});
