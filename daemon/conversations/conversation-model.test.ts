// The short form of `npm run chaos -- --model N`: sequences by chance of what two devices and a killed daemon do to one log.
import { test } from 'vitest';
import { checkModel } from '../testing/conversation-model.ts';

test('whatever two devices send and read, however the log is folded and the daemon killed, the log is what was sent', async () => {
  await checkModel({ runs: 25 });
});
