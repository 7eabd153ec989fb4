// The commands that keep what was said: logs, exports, backups.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ExportFormat, exportFormats } from '../exported-text.ts';
import { levels } from '../log-lines.ts';
import { type AddCommands, homeOf, withHome } from './command-group.ts';

interface LogFlags {
  readonly follow?: boolean;
  readonly since?: string;
  readonly level: keyof typeof levels;
  readonly lines: number;
  readonly json?: boolean;
}

export const keepingCommands: AddCommands = ({ program, environment }) => {
  withHome(program.command('logs'))
    .description('show what Porchlight has logged; nothing of what was said is in it')
    .option('-f, --follow', 'go on with what is logged from now on, until Ctrl+C')
    .option('--since <when>', 'from then on: 10m, 2h, 3d ago, or a time as 2026-11-21T22:50')
    .addOption(
      new Option('--level <level>', 'this and what is graver').choices(Object.keys(levels)).default('info'),
    )
    .option('-n, --lines <number>', 'at most so many of those that are there', parseLines, 200)
    .option('--json', 'print the lines as they were written')
    .action(async ({ follow = false, since, level, lines, json = false }: LogFlags, command: Command) => {
      const { showLogs } = await import('../logs.ts');
      const home = homeOf(command);
      await showLogs(environment, { home, follow, since, level: levels[level], lines, json });
    });

  withHome(program.command('export [conversation]'))
    .description('write down a conversation: its id, or the beginning of its title; without one, list them')
    .addOption(
      new Option('--format <format>', 'Markdown, JSON or a page that needs nothing else')
        .choices(exportFormats)
        .default('md'),
    )
    .option('-o, --out <file>', 'a new file for it; otherwise it is printed')
    .option('--json', 'without a conversation: print {"conversations"}')
    .action(
      async (
        conversation: string | undefined,
        { format, out, json = false }: { format: ExportFormat; out?: string; json?: boolean },
        command: Command,
      ) => {
        const { exportConversation } = await import('../export.ts');
        await exportConversation(environment, { home: homeOf(command), conversation, format, out, json });
      },
    );

  withHome(program.command('backup <file>'))
    .description('put all that Porchlight keeps into one new file (.tar.gz), also while it runs')
    .option('--json', 'print {"file", "bytes"}')
    .action(async (file: string, options: { json?: boolean }, command: Command) => {
      const { backup } = await import('../backup.ts');
      await backup(environment, { home: homeOf(command), file, json: options.json ?? false });
    });

  withHome(program.command('restore <file>'))
    .description('put a backup back, into a home that has nothing in it')
    .option('--replace', 'into one that has: what is there is kept beside it')
    .option('--json', 'print {"home", "kept"}')
    .action(async (file: string, options: { replace?: boolean; json?: boolean }, command: Command) => {
      const { restore } = await import('../backup.ts');
      const { replace = false, json = false } = options;
      await restore(environment, { home: homeOf(command), file, replace, json });
    });
};

function parseLines(text: string): number {
  const lines = Number(text);
  if (!Number.isInteger(lines) || lines < 1)
    throw new InvalidArgumentError('It is a whole number from 1 on.');
  return lines;
}
