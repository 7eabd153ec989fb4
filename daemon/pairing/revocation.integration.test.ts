// Taking a device off the list: all that it has open closes, nothing more reaches it, and nobody else notices.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeUnderLoad } from '../testing/revoke-under-load.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

test('a device with fifty sockets, streams and an upload is cut off while two hundred others stream on', async () => {
  const { closedMs: _, ...found } = await revokeUnderLoad(daemon, { sockets: 50, streams: 5, others: 200 });
  expect(found).toEqual({
    ends: { 'WebSocket closed with 4403': 50, 'SSE ended': 5, 'NDJSON ended': 5, 'upload closed': 1 },
    late: 0,
    othersLost: 0,
    othersServed: 200,
  });
}, 120_000);
