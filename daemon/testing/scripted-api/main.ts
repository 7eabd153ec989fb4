// The scripted API alone, for a person: prints its URL and runs until Ctrl+C. With --demo it answers plain words too.
//   node build/run.mjs daemon/testing/scripted-api/main.ts [port] [--demo]
// Arguments, output and signals only.
import { chooseDemoScript, demoScripts, finishDemo } from './demo-scripts.ts';
import { builtInScripts } from './scripts.ts';
import { startScriptedApi } from './server.ts';

const words = process.argv.slice(2);
const port = Number(words.find((word) => !word.startsWith('--')) ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write('usage: main.ts [port] [--demo]\n');
  process.exit(2);
}

const demo = { scripts: demoScripts, chooseScript: chooseDemoScript, finish: finishDemo };
const api = await startScriptedApi({ port, ...(words.includes('--demo') ? demo : {}) });
process.stdout.write(`${api.url}\n`);
process.stderr.write(
  `Start claude with ANTHROPIC_BASE_URL=${api.url} ANTHROPIC_API_KEY=dummy\n` +
    `and write one of: ${Object.keys(builtInScripts)
      .map((name) => `[[${name}]]`)
      .join(' ')}\n`,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void api.close());
