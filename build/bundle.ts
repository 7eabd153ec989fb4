// `npm run build`: the daemon, the web app and the icons, from the sources into dist/.
import { bundleDaemon } from './bundle-daemon.ts';
import { bundleWeb } from './bundle-web.ts';
import { hashOfSources, markBuilt } from './freshness.mjs';
import { renderIcons } from './icons.ts';

const started = performance.now();
const hash = hashOfSources('.');
const [, web] = await Promise.all([
  bundleDaemon(),
  renderIcons({ from: 'assets', to: 'dist/assets' }).then(bundleWeb),
]);
markBuilt('.', hash);
console.log(`built dist/ in ${Math.round(performance.now() - started)} ms, web app ${web.buildId}`);
