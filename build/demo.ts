// `npm run demo`: the whole of Porchlight without an account. The real `claude` (the pinned one) talks to a scripted API on this
// computer; everything lives in a folder of its own that is removed at the end. Arguments are passed on to `serve`.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeEnvironment, claudePath } from '../daemon/testing/claude-environment.ts';
import { endRuns } from '../daemon/testing/end-runs.ts';
import { demoProject } from '../daemon/testing/scripted-api/demo/project.ts';
import { chooseDemoScript, demoScripts, finishDemo } from '../daemon/testing/scripted-api/demo-scripts.ts';
import { startScriptedApi } from '../daemon/testing/scripted-api/server.ts';

/** What the tray and the browser need of the desktop; nothing else of the person's environment comes in. */
const desktop = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_CURRENT_DESKTOP',
];
/** Not the usual port, so that a demo runs beside the real thing. */
const port = '47047';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-demo-'));
const home = join(folder, 'porchlight');
const projects = join(folder, 'projects');
const greetings = join(projects, 'greetings');
mkdirSync(greetings, { recursive: true });
for (const [name, text] of Object.entries(demoProject)) writeFileSync(join(greetings, name), text);

const api = await startScriptedApi({
  scripts: demoScripts,
  chooseScript: chooseDemoScript,
  finish: finishDemo,
});
const fromDesktop = Object.fromEntries(
  desktop.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
);
const env = { ...claudeEnvironment({ folder: join(folder, 'world'), apiUrl: api.url }), ...fromDesktop };

process.stdout.write(
  'This is the demo: a real Claude Code with scripted answers. Nothing leaves this computer, nothing costs anything.\n' +
    'Choose the project “greetings” and say hello.\n\n',
);
const args = [
  'dist/porchlight.js',
  'serve',
  '--home',
  home,
  '--port',
  port,
  '--claude',
  claudePath,
  '--projects',
  projects,
];
const daemon = spawn(process.execPath, [...args, ...process.argv.slice(2)], { env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => daemon.kill(signal));
daemon.once('exit', async (code) => {
  await endRuns(home);
  await api.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  process.exit(code ?? 0);
});
