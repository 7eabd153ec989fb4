// `porchlight open`: the app in the browser of this computer, which needs no pairing: whoever may run this may come in.
import { openInBrowser } from '../system/browser.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { connectPrivately } from './private-client.ts';

export async function openApp(
  { print, env, machine }: Environment,
  { home, place, json }: { home: string; place: string; json: boolean },
): Promise<void> {
  if (!/^\/[\w/-]{0,200}$/.test(place))
    throw new CliError(exitCodes.usage, `A place is a path such as /pair or /settings, not “${place}”.`);
  const client = await connectPrivately(home, env);
  const isSeen = machine.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!json && !isSeen) {
    const { urls } = await client.run('daemon.status', {});
    throw new CliError(
      exitCodes.failed,
      `There is no desktop here to open a browser on. Pair a browser elsewhere: porchlight qr (${urls[0] ?? ''})`,
    );
  }
  const { page } = await client.run('page.prepare', { path: place });
  if (json) return print(JSON.stringify({ page }));
  await openInBrowser(page);
  print('The browser opens it. It leads there once, within a minute.');
}
