// `npm run transcripts [-- --fold-only] [-- <scenario> …]`: records what `claude` really prints, against the scripted API, as
// e2e/transcripts/<version>/<scenario>.jsonl, and beside it what it means: events and view. With `--fold-only` nothing is
// recorded and only the meaning is written anew. Run it after raising the pinned version, and read the diff.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  meaningOf,
  readTranscript,
  transcriptFolder,
  transcriptNames,
} from '../daemon/testing/transcripts.ts';
import { installClaude } from './claude-version.ts';
import { recordSession } from './recorded-session.ts';
import { type Scenario, scenarios } from './transcript-scenarios.ts';

/** The oldest that is looked after, and the pinned one. */
const versions = ['2.1.197', pinnedVersion()];

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isWanted = (scenario: string) => wanted.length === 0 || wanted.includes(scenario);

if (!process.argv.includes('--fold-only')) for (const version of versions) await record(version);
for (const name of transcriptNames(transcriptFolder)) {
  const { events, view } = meaningOf(readTranscript(transcriptFolder, name));
  write(`${name}.events.json`, events);
  write(`${name}.view.json`, view);
}

async function record(version: string): Promise<void> {
  const claude = await installClaude(version);
  try {
    if (wanted.length === 0) rmSync(join(transcriptFolder, version), { recursive: true, force: true });
    mkdirSync(join(transcriptFolder, version), { recursive: true });
    for (const [name, scenario] of Object.entries<Scenario>(scenarios)) {
      if (!isWanted(name)) continue;
      const { spool, said } = await recordSession(scenario, claude.path);
      writeFileSync(join(transcriptFolder, version, `${name}.jsonl`), spool);
      write(`${version}/${name}.said.json`, said);
      console.log(`${version} ${name}: ${spool.split('\n').length - 1} lines, ${spool.length} characters`);
    }
  } finally {
    claude.remove();
  }
}

function pinnedVersion(): string {
  return JSON.parse(readFileSync('package.json', 'utf8')).devDependencies['@anthropic-ai/claude-code'];
}

function write(name: string, value: unknown): void {
  writeFileSync(join(transcriptFolder, name), `${JSON.stringify(value, null, 2)}\n`);
}
