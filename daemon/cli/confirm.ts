// `porchlight confirm`: what phones and tokens want done that needs somebody's yes at this computer, and the answer to it.
// Nothing is answered that was not named, so that nobody allows what came in after they looked.
import type { Terminal } from '../ports/terminal.ts';
import type { PendingConfirmation } from '../protocol/confirmations.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { freshAnswers } from './fresh-answers.ts';
import { oneLine } from './one-line.ts';
import { connectPrivately, type PrivateClient } from './private-client.ts';

const shortId = 6;

type World = Pick<Environment, 'env' | 'print' | 'openTerminal'>;

export async function confirm(
  world: World,
  options: {
    home: string;
    request: string | undefined;
    behavior: 'allow' | 'deny' | undefined;
    json: boolean;
  },
): Promise<void> {
  const { request, behavior, json } = options;
  const { print } = world;
  const client = await connectPrivately(options.home, world.env);
  const { confirmations } = await client.run('confirmation.list', {});
  if (request === undefined && behavior === undefined) {
    if (json) return print(JSON.stringify({ confirmations }));
    if (confirmations.length === 0) return print('Nothing waits for your yes.');
    if (world.openTerminal)
      return askAll(client, confirmations, { ...world, openTerminal: world.openTerminal });
    for (const { confirmationId, label, act } of confirmations) {
      const short = confirmationId.slice(0, shortId);
      print(
        `“${oneLine(label)}” wants to ${oneLine(act)}.\n  porchlight confirm ${short} --allow    or: --deny`,
      );
    }
    return;
  }
  if (request === undefined || behavior === undefined)
    throw new CliError(
      exitCodes.usage,
      'Say which one and how: porchlight confirm <request> --allow (or --deny)',
    );
  const named = confirmations.find(
    ({ confirmationId }) => request.length >= shortId && confirmationId.startsWith(request),
  );
  if (!named) throw new CliError(exitCodes.failed, `Nothing waits under “${request}” any more.`);
  await answer(client, named, behavior);
  print(outcomeOf(named, behavior));
}

/** One after the other, those that were there when the person asked. */
async function askAll(
  client: PrivateClient,
  confirmations: readonly PendingConfirmation[],
  { print, openTerminal }: World & { readonly openTerminal: () => Terminal },
): Promise<void> {
  const answers = freshAnswers(openTerminal(), print);
  try {
    for (const one of confirmations) {
      const said = (
        await answers.ask(`“${oneLine(one.label)}” wants to ${oneLine(one.act)}. Let it be done? [y/N]`)
      ).toLowerCase();
      const behavior = said === 'y' || said === 'yes' ? 'allow' : 'deny';
      await answer(client, one, behavior);
      print(outcomeOf(one, behavior));
    }
  } finally {
    answers.close();
  }
}

async function answer(
  client: PrivateClient,
  { confirmationId }: PendingConfirmation,
  behavior: 'allow' | 'deny',
): Promise<void> {
  await client.run('confirmation.answer', { confirmationId, behavior });
}

function outcomeOf({ label, act }: PendingConfirmation, behavior: 'allow' | 'deny'): string {
  return `“${oneLine(label)}” ${behavior === 'allow' ? 'may' : 'may not'} ${oneLine(act)}.`;
}
