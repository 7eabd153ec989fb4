// `npm run dev`: builds, runs the daemon, and does both again when a source changes. Pages notice the new build id and reload.
// A build that fails leaves the running daemon alone. Arguments are passed on: `npm run dev -- --port 1234`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { bundleDaemon, daemonProgram } from './bundle-daemon.ts';
import { bundleWeb } from './bundle-web.ts';
import { renderIcons } from './icons.ts';

const sources = ['daemon', 'webui', 'assets'] as const;

/** An editor saves several files at once; they make one build. */
const settleMs = 50;

const changed = new Set<string>(sources);
let notice = () => {};
let daemon: ChildProcess | undefined;

for (const source of sources) {
  watch(source, { recursive: true }, (_event, file) => {
    if (file !== null && /\.test\.tsx?$/.test(file)) return;
    changed.add(source);
    notice();
  });
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await stopDaemon();
    process.exit(0);
  });
}
for (;;) {
  if (await rebuilt()) {
    await stopDaemon();
    startDaemon();
  }
  await nextChange();
}

async function nextChange(): Promise<void> {
  if (changed.size === 0) {
    await new Promise<void>((resolve) => {
      notice = resolve;
    });
  }
  await setTimeout(settleMs);
}

async function rebuilt(): Promise<boolean> {
  const started = performance.now();
  const hasNewIcons = changed.has('assets');
  changed.clear();
  try {
    if (hasNewIcons) await renderIcons({ from: 'assets', to: 'dist/assets' });
    await Promise.all([bundleDaemon(), bundleWeb()]);
    console.log(`built in ${Math.round(performance.now() - started)} ms`);
    return true;
  } catch (error) {
    console.error(
      `not built, the daemon runs on as it was: ${error instanceof Error ? error.message : error}`,
    );
    return false;
  }
}

function startDaemon(): void {
  const started = spawn(process.execPath, [daemonProgram, 'serve', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  daemon = started;
  started.once('exit', (code, signal) => {
    if (daemon === started) console.error(`the daemon ended (${signal ?? code}); waiting for a change`);
  });
}

async function stopDaemon(): Promise<void> {
  const running = daemon;
  daemon = undefined;
  if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
  const gone = once(running, 'exit');
  running.kill('SIGTERM');
  await gone;
}
