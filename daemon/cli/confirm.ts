// `porchlight confirm`: what phones and tokens want done that needs somebody's yes at this computer, and the answer to it.
// Nothing is answered that was not named, so that nobody allows what came in after they looked.
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { connectPrivately } from './private-client.ts';

const shortId = 6;

export async function confirm(
  { print, env }: Environment,
  options: {
    home: string;
    request: string | undefined;
    behavior: 'allow' | 'deny' | undefined;
    json: boolean;
  },
): Promise<void> {
  const { request, behavior, json } = options;
  const client = await connectPrivately(options.home, env);
  const { confirmations } = await client.run('confirmation.list', {});
  if (request === undefined && behavior === undefined) {
    if (json) return print(JSON.stringify({ confirmations }));
    if (confirmations.length === 0) return print('Nothing waits for your yes.');
    for (const { confirmationId, label, act } of confirmations) {
      const short = confirmationId.slice(0, shortId);
      print(`“${label}” wants to ${act}.\n  porchlight confirm ${short} --allow    or: --deny`);
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
  const { confirmationId, label, act } = named;
  await client.run('confirmation.answer', { confirmationId, behavior });
  print(behavior === 'allow' ? `“${label}” may ${act}.` : `“${label}” may not ${act}.`);
}
