// `porchlight status`: how the running daemon is.
import { remoteWords } from '../protocol/remote.ts';
import type { Environment } from './environment.ts';
import { connectPrivately } from './private-client.ts';

export async function status(
  { print, env }: Environment,
  options: { home: string; json: boolean },
): Promise<void> {
  const client = await connectPrivately(options.home, env);
  const facts = await client.run('daemon.status', {});
  if (options.json) return print(JSON.stringify(facts));
  const { version, pid, urls, claude, conversations, working, devices, tray, remote } = facts;
  print(`Porchlight ${version} is running (process ${pid}).`);
  print(`  Address        ${urls.join('  ')}`);
  print(
    `  Claude         ${claude.sentence || 'is being looked for'}${claude.fix === '' ? '' : ` Run: ${claude.fix}`}`,
  );
  print(`  Conversations  ${conversations} (${working} at work)`);
  print(`  Devices        ${devices}`);
  if (remote) print(`  Internet       ${remoteWords} ${remote.url} (${remote.via})`);
  print(`  Tray           ${tray}`);
}
