// The attacker's site: pages that attack a daemon from another port, from another name of the computer, from a frame and from a
// frame without an origin, and what they have reported. On the same computer as the daemon, as a hostile preview would be.
import type { ServerResponse } from 'node:http';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { until } from '../../daemon/testing/until.ts';
import { attackPage } from './attack-page.ts';
import { type Heard, listenAsAttacker } from './listener.ts';

export type Report = Readonly<Record<string, string>>;

export interface Attacker {
  /** Each attacks when its button is pressed; `frames` needs no press for what is in it. */
  readonly pages: readonly { readonly url: string; readonly reports: readonly string[] }[];
  readonly heard: readonly Heard[];
  /** Resolves with what the page in this place has got, when it is through. */
  report(place: string): Promise<Report>;
  close(): Promise<void>;
}

export async function openAttacker(daemon: TestDaemon): Promise<Attacker> {
  const target = daemon.url;
  const page = (place: string, inside = '') => attackPage({ target, home: listener.url, place, inside });
  const frames =
    '<iframe src="/framed"></iframe><iframe sandbox="allow-scripts allow-forms allow-popups" src="/null"></iframe>';
  const pages: Readonly<Record<string, () => string>> = {
    '/port': () => page('other port'),
    '/name': () => page('other name'),
    '/frames': () => page('around frames', frames),
    '/framed': () => page('in a frame'),
    '/null': () => page('without an origin'),
  };
  const listener = await listenAsAttacker(daemon, ({ url = '' }, response: ServerResponse) => {
    response.setHeader('Set-Cookie', ['__Host-plt=tossed; Path=/; Secure; HttpOnly', 'token=tossed; Path=/']);
    response.setHeader('Service-Worker-Allowed', '/');
    response.setHeader('Content-Type', url === '/worker.js' ? 'text/javascript' : 'text/html');
    response.end(pages[url]?.() ?? 'onfetch = (event) => event.respondWith(new Response("hijacked"));');
  });
  const reports = () =>
    listener.heard.filter(({ path }) => path === '/report').map(({ body }): Report => JSON.parse(body));
  return {
    pages: [
      { url: `${listener.url}/port`, reports: ['other port'] },
      { url: `https://127.0.0.1:${listener.port}/name`, reports: ['other name'] },
      { url: `${listener.url}/frames`, reports: ['around frames', 'in a frame', 'without an origin'] },
    ],
    heard: listener.heard,
    report: (place) =>
      until(`the report of the page ${place}`, () => reports().find((report) => report['place'] === place)),
    close: listener.close,
  };
}
