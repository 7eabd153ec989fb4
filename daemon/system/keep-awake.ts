// Keeps the computer from falling asleep by itself, through a program of the system that does so for as long as it runs, and
// that ends with this process, even by SIGKILL.
import type { HoldAwake } from '../ports/desktop.ts';
import { spawnBound } from './spawn.ts';

export function createHoldAwake(options: {
  platform: NodeJS.Platform;
  pid: number;
  env: Readonly<Record<string, string | undefined>>;
}): HoldAwake {
  const { platform, pid, env } = options;
  const line = inhibitor(platform, pid);
  return (onEnd) => {
    if (line === undefined) {
      onEnd(`there is nothing to ask for that on ${platform}.`);
      return { release: () => undefined };
    }
    const [file, ...args] = line;
    let isReleased = false;
    const child = spawnBound({ file, args, env });
    void child.ended.then((words) => {
      if (!isReleased) onEnd(`${file} ended${words === '' ? '.' : `: ${words}`}`);
    });
    return {
      release() {
        isReleased = true;
        child.end();
      },
    };
  };
}

function inhibitor(platform: NodeJS.Platform, pid: number): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['caffeinate', '-i', '-w', String(pid)];
  if (platform !== 'linux') return undefined;
  const said = ['--who=Porchlight', '--why=Claude is working', '--mode=block'];
  // `cat` runs until its input, which is ours, ends: with this process at the latest.
  return ['systemd-inhibit', '--what=idle:sleep', ...said, 'cat'];
}
