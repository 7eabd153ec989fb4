// A daemon that has been used for long: one conversation with many turns, written before anyone looks at it.
import { type LongConversation, writeLongConversation } from '../../daemon/testing/long-conversation.ts';
import { test as base } from './story.ts';

export const test = base.extend<{ long: LongConversation }>({
  long: async ({ daemon }, use) => {
    await daemon.stop();
    const { home, project } = daemon;
    const long = await writeLongConversation({ home, cwd: project, title: 'A long story', events: 6000 });
    await daemon.start();
    await use(long);
  },
});

export { expect } from './story.ts';
