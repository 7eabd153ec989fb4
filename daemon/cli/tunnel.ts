// `porchlight tunnel`: opens and ends the way in from the internet, and says plainly what that means.
import { remoteWords, type Via } from '../protocol/remote.ts';
import type { Environment } from './environment.ts';
import { connectPrivately } from './private-client.ts';

export async function tunnel(
  { print, env }: Environment,
  { home, via, off, json }: { home: string; via: Via | undefined; off: boolean; json: boolean },
): Promise<void> {
  const client = await connectPrivately(home, env);
  const tell = (facts: object, ...lines: readonly string[]) => {
    for (const line of json ? [JSON.stringify(facts)] : lines) print(line);
  };
  if (off) {
    await client.run('remote.stop', {});
    return tell({ remote: null }, 'Porchlight can be reached on your own network only.');
  }
  const { remote: open } = await client.run('daemon.status', {});
  if (via === undefined) {
    if (open) return tell({ remote: open }, remoteWords, `  ${open.url}  (${open.via})`, ending);
    return tell({ remote: null }, ...explanation);
  }
  if (!json) print(`Starting ${via}…`);
  const remote = await client.run('remote.start', { via });
  tell({ remote }, remoteWords, `  ${remote.url}  (${via})`, ...meaning(via), ending);
}

const ending = 'To end it, run: porchlight tunnel --off';

const explanation = [
  'Porchlight can be reached on your own network only.',
  'To open a way in from the internet, through a program that you have installed:',
  '  porchlight tunnel --via cloudflared',
  '  porchlight tunnel --via ngrok',
];

function meaning(via: Via): readonly string[] {
  return [
    'Anybody may knock at this address; only devices that you have paired come in, and new ones are paired at home only.',
    `What is said passes through the computers of ${companies[via]}, which could read it.`,
    'A paired phone goes there from the red line at the top of its page.',
  ];
}

const companies = { ngrok: 'ngrok', cloudflared: 'Cloudflare' } satisfies Record<Via, string>;
