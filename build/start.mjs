// `npm start`: installs and builds what is missing or stale, then runs the daemon in the foreground. Arguments are passed on:
// `npm start -- --port 1234`. Plain JavaScript with built-ins only: a fresh clone has nothing else.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await prepare(root);
runDaemon();

function runDaemon() {
  const daemon = spawn(
    process.execPath,
    [join(root, 'dist/porchlight.js'), 'serve', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the daemon too; twice would mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) daemon.kill(signal);
    });
  }
  const stopWatching = whenParentIsGone(() => daemon.kill('SIGTERM'));
  daemon.once('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  daemon.once('exit', (code, signal) => {
    stopWatching();
    for (const each of signals) process.removeAllListeners(each);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

/**
 * A signal that ends `npm start` ends its shell too, but the shell does not pass it on; all that is seen here is another parent.
 * @param {() => void} act
 */
function whenParentIsGone(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  return () => clearInterval(timer);
}
