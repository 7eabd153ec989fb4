// Parts of the page are fetched before they are wanted; what failed then must not stand in the way when the computer is back.
import { expect, test } from '../people/story.ts';

test('what could not be fetched ahead is fetched when it is wanted', async ({ ana }) => {
  let isAway = true;
  let refused = 0;
  await ana.page.route(/\/new-conversation-\w+\.js$/, (route) => {
    if (!isAway) return route.continue();
    refused += 1;
    return route.abort();
  });
  await ana.pair();
  await expect.poll(() => refused).toBe(1);
  isAway = false;
  await ana.startConversation();
});
