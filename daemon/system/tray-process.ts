// One running tray program, through systray2. The only file that knows systray2; what it gets wrong is put right here.
// Knows nothing of views: rows have numbers, and the menu's length is fixed at start.
import { createRequire } from 'node:module';
import type { Conf } from 'systray2';
import * as z from 'zod/mini';
import type { Clock, Dispose } from '../ports.ts';

// systray2 is CommonJS with the class on `.default`; an `import` of it is the class or a namespace, as the bundler likes.
const require = createRequire(import.meta.url);
const SysTray: typeof import('systray2').default = require('systray2').default;

const readyWithin = 8_000;
const quitWithin = 3_000;

const ProgramLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('clicked'), __id: z.number(), item: z.object({ title: z.string() }) }),
]);

export interface Head {
  /** Base64 of a PNG, on Windows of an ICO. */
  readonly icon: string;
  readonly tooltip: string;
}

export interface Row {
  readonly title: string;
  readonly enabled: boolean;
  readonly hidden: boolean;
}

export interface TrayProgram {
  readonly pid: number | undefined;
  /** Resolves, with the reason, when the program has ended, for whatever cause. */
  readonly exited: Promise<string>;
  setHead(head: Head): Promise<void>;
  setRow(index: number, row: Row): Promise<void>;
  /** Takes the icon away; resolves when the program has ended. */
  close(): Promise<void>;
}

/** `failure` says in a few words how the program let us down: not startable, ended at once, or silent for 8 seconds. */
export async function startTrayProgram(options: {
  readonly copyDir: string;
  readonly isTemplateIcon: boolean;
  readonly head: Head;
  readonly rows: readonly (Row | 'separator')[];
  /** `title` is what the row said when it was clicked. */
  readonly onClick: (index: number, title: string) => void;
  readonly clock: Clock;
}): Promise<{ readonly program: TrayProgram } | { readonly failure: string }> {
  const { copyDir, clock, onClick, isTemplateIcon } = options;
  const items = options.rows.map((row) =>
    row === 'separator' ? { ...SysTray.separator } : { ...row, tooltip: '' },
  );
  const menu = (head: Head) => ({ ...head, title: '', isTemplateIcon });
  const program = new Program({ copyDir, menu: { ...menu(options.head), items } }, onClick);

  let stopWaiting: Dispose = () => undefined;
  const silent = new Promise<string>((resolve) => {
    stopWaiting = clock.after(readyWithin, () => resolve('its program did not answer'));
  });
  const started = program.ready().then(
    () => undefined,
    (error: Error) => error.message,
  );
  const failure = await Promise.race([started, program.exited, silent]);
  stopWaiting();
  if (failure !== undefined) {
    program.process?.kill('SIGKILL');
    return { failure };
  }
  return {
    program: {
      pid: program.process.pid,
      exited: program.exited,
      setHead: async (head) =>
        void (await program.sendAction({ type: 'update-menu', menu: { ...menu(head), items: [] } })),
      setRow: async (index, row) => {
        const item = items[index];
        if (item === undefined) throw new RangeError(`the menu has no row ${index}`);
        await program.sendAction({ type: 'update-item', item: Object.assign(item, row) });
      },
      close: async () => {
        const insist = clock.after(quitWithin, () => program.process.kill('SIGKILL'));
        await Promise.race([program.kill(false), program.exited]);
        insist();
      },
    },
  };
}

class Program extends SysTray {
  readonly exited: Promise<string>;
  readonly #end: (reason: string) => void;
  readonly #onClick: (index: number, title: string) => void;

  constructor(conf: Conf, onClick: (index: number, title: string) => void) {
    super(conf);
    let end: (reason: string) => void = () => undefined;
    this.exited = new Promise((resolve) => {
      end = resolve;
    });
    this.#end = end;
    this.#onClick = onClick;
  }

  /**
   * systray2 calls this once, right after it started the program, and would itself throw out of an event handler at a
   * line that is not JSON (GTK prints some) and at a write into a program that has died.
   */
  override onReady(ready: () => void): this {
    const child = this.process;
    const ended = () =>
      this.#end(
        child.signalCode ? `it was ended by ${child.signalCode}` : `it ended with code ${child.exitCode}`,
      );
    child.once('exit', ended);
    if (child.exitCode !== null || child.signalCode !== null) ended();
    child.stdin?.on('error', () => 'its exit tells the same');
    child.stderr?.resume();
    this._rl.on('line', (line) => {
      const said = readLine(line);
      if (said?.type === 'ready') ready();
      // systray2 numbers rows from 1 in their order, separators too.
      if (said?.type === 'clicked') this.#onClick(said.__id - 1, said.item.title);
    });
    return this;
  }
}

function readLine(line: string): z.infer<typeof ProgramLine> | undefined {
  try {
    return ProgramLine.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
