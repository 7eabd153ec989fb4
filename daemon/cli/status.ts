// `porchlight status`: how the running daemon is, in a page of words, or all facts as JSON.
import { remoteWords } from '../protocol/remote.ts';
import type { Environment } from './environment.ts';
import { paintFor } from './paint.ts';
import { connectPrivately } from './private-client.ts';

export async function status(
  environment: Environment,
  options: { home: string; json: boolean },
): Promise<void> {
  const { print, env } = environment;
  const client = await connectPrivately(options.home, env);
  const [facts, certificate, { trouble }] = await Promise.all([
    client.run('daemon.status', {}),
    client.run('certificate.show', {}),
    client.run('settings.read', {}),
  ]);
  const { level, endsAt, hosts } = certificate;
  if (options.json)
    return print(
      JSON.stringify({ ...facts, certificate: { level, endsAt, hosts }, settingsTrouble: trouble }),
    );
  const paint = paintFor(environment);
  const { version, pid, startedAt, urls, claude, conversations, working, devices, remote, disk } = facts;
  const line = (name: string, words: string) => {
    if (words !== '') print(`  ${name.padEnd(13)}  ${words}`);
  };
  print(
    `${paint('good', '●')} Porchlight ${version} is running (process ${pid}), since ${timeOf(startedAt)}.`,
  );
  line('Address', urls.join('  '));
  line('Certificate', `${levelWords[level]}, good until ${timeOf(endsAt).slice(0, 10)}`);
  const fix = claude.fix === '' ? '' : ` Run: ${claude.fix}`;
  line(
    'Claude',
    paint(claude.fix === '' ? 'plain' : 'warn', `${claude.sentence || 'is being looked for'}${fix}`),
  );
  line('Conversations', `${conversations} (${working} at work)`);
  line('Devices', String(devices));
  if (remote) line('Internet', paint('bad', `${remoteWords} ${remote.url} (${remote.via})`));
  line('Disk', paint('bad', disk));
  line('Settings', paint('bad', trouble));
  line('Tray', facts.tray);
  line('Awake', facts.awake);
  if (facts.paused) line('Paused', paint('warn', 'Nothing new is begun.'));
}

const levelWords = {
  selfSigned: 'self-signed',
  trusted: 'signed by this computer’s own authority',
  own: 'your own',
} as const;

/** As the person’s clock shows it, to the minute. */
function timeOf(time: number): string {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
