// The notices of the desktop for tests: the program that shows them, and a person who presses their buttons.
import type { Desktop } from './desktop.ts';
import { type Program, run, startProgram } from './desktop-programs.ts';
import { until } from './until.ts';

const program = '/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd';

/** px in GTK 3's Adwaita theme: buttons of one width stand at the right; from the edge to the middle of the last, and between two. */
const lastButton = 57;
const buttonStep = 92;

export interface ShownNotices {
  /** How many are on the screen. */
  count(): Promise<number>;
  /** Presses the button of that number, from 0, of `of` in a row, in the one notice that is shown. */
  press(button: number, of: number): Promise<void>;
  end(): Promise<void>;
}

export async function showNotices({ env }: Desktop): Promise<ShownNotices> {
  const shower: Program = await startProgram(env, program, []);
  await run(env, 'gdbus', ['wait', '--session', '--timeout', '30', 'org.freedesktop.Notifications']);

  async function windows(): Promise<readonly { x: number; y: number; width: number; height: number }[]> {
    const tree = await run(env, 'xwininfo', ['-root', '-tree']);
    return tree.split('\n').flatMap((line) => {
      const [, width = 0, height = 0, x = 0, y = 0] =
        /"xfce4-notifyd": .* (\d+)x(\d+)\+-?\d+\+-?\d+ +\+(-?\d+)\+(-?\d+)$/.exec(line)?.map(Number) ?? [];
      return width > 100 ? [{ x, y, width, height }] : [];
    });
  }

  return {
    count: async () => (await windows()).length,
    async press(button, of) {
      const window = await until('a notice', async () => (await windows())[0]);
      const x = window.x + window.width - lastButton - buttonStep * (of - 1 - button);
      const y = window.y + window.height - 30;
      await run(env, 'xdotool', ['mousemove', `${Math.round(x)}`, `${Math.round(y)}`, 'click', '1']);
    },
    end: shower.end,
  };
}
