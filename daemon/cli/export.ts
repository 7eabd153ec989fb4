// `porchlight export`: one conversation as Markdown, JSON or a page, into a file or on stdout. Reads the log of the running daemon and
// folds it as everybody does.
import { open } from 'node:fs/promises';
import { fold } from '../protocol/fold.ts';
import type { ConversationSummary } from '../protocol/lobby.ts';
import { emptyView } from '../protocol/view.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { asJson, asMarkdown, type ExportFormat } from './exported-text.ts';
import { asPage } from './exported-page.ts';
import { connectPrivately } from './private-client.ts';
import { forTerminal } from './terminal-text.ts';

const forms = { md: asMarkdown, json: asJson, html: asPage } as const;

export async function exportConversation(
  environment: Environment,
  options: {
    home: string;
    /** Its id, the beginning of that, or the beginning of its title; undefined lists what there is. */
    conversation: string | undefined;
    format: ExportFormat;
    out: string | undefined;
    /** Of the list. */
    json: boolean;
  },
): Promise<void> {
  const { print, printError, env, isTerminal } = environment;
  const client = await connectPrivately(options.home, env);
  const { conversations } = await client.run('conversation.list', {});
  if (options.conversation === undefined) {
    if (options.json) return print(JSON.stringify({ conversations }));
    if (conversations.length === 0) return print('There is no conversation yet.');
    for (const one of conversations) print(lineOf(one));
    return printError('Say which, by its id or the beginning of its title: porchlight export ID --out FILE');
  }
  const { conversationId } = found(conversations, options.conversation);
  let view = emptyView;
  for await (const event of client.events(conversationId)) view = fold(view, event);
  const text = forms[options.format](view);
  if (options.out === undefined) return print(isTerminal ? forTerminal(text) : text);
  await writeNew(options.out, `${text}\n`);
  printError(
    `“${forTerminal(view.title)}” is in ${options.out} now. Whoever has the file can read all of it.`,
  );
}

/** Never in the place of another file. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(text);
    await file.close();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST')
      throw new CliError(exitCodes.failed, `${path} is there already. Choose another name with --out.`);
    if (code === undefined) throw error;
    throw new CliError(exitCodes.failed, `${path} cannot be written: ${String(error)}`);
  }
}

function lineOf({ conversationId, title, lastAt }: ConversationSummary): string {
  const day = new Date(lastAt).toISOString().slice(0, 10);
  return forTerminal(`${conversationId.slice(0, 8)}  ${day}  ${title === '' ? '(no title)' : title}`);
}

function found(all: readonly ConversationSummary[], wanted: string): ConversationSummary {
  const like = wanted.toLowerCase();
  const byId = all.filter(({ conversationId }) => like.length >= 4 && conversationId.startsWith(like));
  const byTitle = all.filter(({ title }) => title.toLowerCase().startsWith(like));
  const fitting = byId.length > 0 ? byId : byTitle;
  const [one] = fitting;
  if (one && fitting.length === 1) return one;
  throw new CliError(
    exitCodes.failed,
    one
      ? `“${wanted}” fits ${fitting.length} conversations:\n${fitting.slice(0, 10).map(lineOf).join('\n')}\nSay the id of one.`
      : `No conversation begins with “${wanted}”. Those that there are: porchlight export`,
  );
}
