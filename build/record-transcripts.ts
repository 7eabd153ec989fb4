// `npm run transcripts`: records what the pinned `claude` really prints, against the scripted API, as e2e/transcripts/*.jsonl, and
// beside each what it translates to. Run it after raising the pinned version, and read the diff.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestDaemon } from '../daemon/testing/test-daemon.ts';
import { translateSpool } from '../daemon/testing/translate-spool.ts';
import { scenarios } from './transcript-scenarios.ts';

const folder = 'e2e/transcripts';
mkdirSync(folder, { recursive: true });
for (const [name, { messages, answer }] of Object.entries(scenarios)) {
  const daemon = await startTestDaemon();
  try {
    const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
    let after = 0;
    for (const text of messages) {
      await daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
      const ends = ['turn.finished', 'permission.requested'];
      for (let last = ''; last !== 'turn.finished'; ) {
        const events = await daemon.client.readUntil(conversationId, (event) => ends.includes(event.type), {
          after,
        });
        const event = events.at(-1);
        last = event?.type ?? '';
        after = event?.id ?? after;
        const requestId = String(event?.['requestId']);
        if (last === 'permission.requested')
          await daemon.client.command('permission.answer', { conversationId, requestId, behavior: answer });
      }
    }
    const [started] = await daemon.client
      .readUntil(conversationId, (event) => event.type === 'run.started')
      .then((e) => e.slice(-1));
    const spool = readFileSync(join(daemon.home, 'runs', String(started?.['runId']), 'spool'), 'utf8');
    const neutral = spool
      .replaceAll(daemon.project, '/home/ana/project')
      .replaceAll(daemon.folder, '/home/ana');
    writeFileSync(join(folder, `${name}.jsonl`), neutral);
    writeFileSync(
      join(folder, `${name}.events.json`),
      `${JSON.stringify(translateSpool(neutral), null, 2)}\n`,
    );
    console.log(`${name}: ${neutral.split('\n').length - 1} lines`);
  } finally {
    await daemon.close();
  }
}
