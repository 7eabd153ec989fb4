// `porchlight restart`: ends the daemon and starts it again the way it was started, and is done when the new one is up.
import type { Environment, ServeFlags } from '../environment.ts';
import { withProgress } from '../progress.ts';
import { readConfig } from '../read-config.ts';
import type { Loudness } from './greeting.ts';
import { lastWords, launch } from './launch.ts';
import { wordsOf } from './start.ts';
import { end } from './stop.ts';

export async function restart(
  environment: Environment,
  { home, flags, json, quiet }: Loudness & { home: string; flags: ServeFlags },
): Promise<void> {
  // Settings that make no sense are to be known while the old one still runs.
  await readConfig({ home, env: environment.env, flags });
  const given = wordsOf(flags);
  const words = given.length > 0 ? given : await lastWords(home);
  const say = (sentence: string) => {
    if (!json && !quiet) environment.print(sentence);
  };
  if ((await end(environment, home)) === undefined) say('Porchlight was not running.');
  const status = await withProgress(
    environment,
    'Switching the light on',
    launch(environment, { home, words }),
  );
  if (json) environment.print(JSON.stringify({ event: 'ready', url: status.urls[0], pid: status.pid }));
  say(`Porchlight ${status.version}: the light is on at ${status.urls.join('  ')}`);
  if (status.working > 0) say('What Claude was working on goes on.');
}
