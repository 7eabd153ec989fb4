// What Claude gets of the files of a message, and what is kept of the pictures that its tools give back: with the real `claude`.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { pngOf } from '../testing/pictures.ts';
import type { Block } from '../testing/scripted-api/messages.ts';
import { announce, sendFile, sendPart } from '../testing/send-file.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const picture = pngOf({ width: 4, height: 3 });
const isEnd = (event: LogEvent) => event.type === 'turn.finished' || event.type === 'turn.interrupted';
const create = () => daemon.client.command('conversation.create', { cwd: daemon.project });
const spoolsOf = () =>
  readdirSync(join(daemon.home, 'runs')).map((run) =>
    readFileSync(join(daemon.home, 'runs', run, 'spool'), 'utf8'),
  );

async function send(
  conversationId: string,
  text: string,
  attachments: string[],
  clientId: string = crypto.randomUUID(),
) {
  return daemon.client.command('message.send', { conversationId, clientId, text, attachments });
}

function imagesOf(event: LogEvent | undefined) {
  return (event?.['images'] ?? []) as { uploadId: string; mediaType: string }[];
}

/** The blocks of the person's message that holds these words, as the API got them last; without what the CLI adds. */
function blocksWith(words: string): readonly Block[] {
  const messages = daemon.api.requests.flatMap(({ body, picked }) => (picked ? (body?.messages ?? []) : []));
  const found = messages.findLast((message) =>
    message.blocks.some((block) => block.type === 'text' && String(block['text']).includes(words)),
  );
  return (found?.blocks ?? [])
    .filter((block) => !/^(<system-reminder>|\[Image: source: )/.test(String(block['text'] ?? '')))
    .map(({ cache_control: _cached, ...block }) =>
      typeof block['text'] === 'string' ? { ...block, text: block['text'].trim() } : block,
    );
}

test('pictures, PDFs and texts reach Claude as blocks, other files by their path, and the words come last', async () => {
  const { conversationId } = await create();
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  const files = {
    'photo.heic': picture,
    'plan.txt': pdf,
    'notes.md': Buffer.from('# Größe\n'),
    'data @here.bin': Buffer.from([0, 1, 2, 3, 255]),
  };
  const ids: string[] = [];
  for (const [name, bytes] of Object.entries(files))
    ids.push(await sendFile(daemon.client, { conversationId, name, bytes }));
  await send(conversationId, 'Look at these [[text Seen.]]', ids);
  const events = await daemon.client.readUntil(conversationId, isEnd);
  const path = join(daemon.home, 'conversations', conversationId, 'uploads', String(ids[3]));
  expect(blocksWith('Look at these')).toEqual([
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture.toString('base64') } },
    {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: pdf.toString('base64') },
      title: 'plan.txt',
    },
    {
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: '# Größe\n' },
      title: 'notes.md',
    },
    { type: 'text', text: `Attached file: data ＠here.bin at ${path}` },
    { type: 'text', text: 'Look at these [[text Seen.]]' },
  ]);
  expect(events.find((event) => event.type === 'message.sent')).toMatchObject({
    text: 'Look at these [[text Seen.]]',
    attachments: [
      {
        uploadId: ids[0],
        name: 'photo.heic',
        mediaType: 'image/png',
        size: picture.length,
        width: 4,
        height: 3,
      },
      { uploadId: ids[1], mediaType: 'application/pdf' },
      { uploadId: ids[2], mediaType: 'text/plain' },
      { uploadId: ids[3], mediaType: 'application/octet-stream' },
    ],
  });
});

test('Claude may read what came by path without asking', async () => {
  const { conversationId } = await create();
  const bytes = Buffer.from('x'.repeat(300 * 1024).replaceAll(/x{60}/g, (line) => `${line}\n`));
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'long.txt', bytes });
  const path = join(daemon.home, 'conversations', conversationId, 'uploads', uploadId);
  const input = JSON.stringify({ file_path: path, limit: 2 });
  await send(conversationId, `[[tool Read ${input}]]`, [uploadId]);
  const events = await daemon.client.readUntil(
    conversationId,
    (event) => isEnd(event) || event.type === 'permission.requested',
  );
  expect(events.at(-1)).toMatchObject({ type: 'turn.finished' });
  expect(events.find((event) => event.type === 'tool.finished')).toMatchObject({ isError: false });
  expect(String(events.find((event) => event.type === 'tool.finished')?.['output'])).toContain('xxxxx');
});

test('a slash command with a file is still a command, and a file alone is a message', async () => {
  const { conversationId } = await create();
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'only me.png', bytes: picture });
  await send(conversationId, '', [uploadId]);
  const events = await daemon.client.readUntil(conversationId, isEnd);
  expect(events.at(-1)).toMatchObject({ outcome: 'completed' });
  expect(events.find((event) => event.type === 'conversation.renamed')).toMatchObject({
    title: 'only me.png',
  });
  await send(conversationId, '/context', [uploadId]);
  const after = await daemon.client.readUntil(conversationId, isEnd, { after: events.at(-1)?.id ?? 0 });
  expect(String(after.find((event) => event.type === 'text.finished')?.['text'])).toContain('Context');
});

test('only finished files of this conversation go with a message, and each refusal says which', async () => {
  const { conversationId } = await create();
  const elsewhere = await create();
  const unfinished = await announce(daemon.client, { conversationId, name: 'a', size: 10 });
  const foreign = await sendFile(daemon.client, { ...elsewhere, name: 'b', bytes: picture });
  await expect(send(conversationId, 'x', [unfinished])).rejects.toThrow('upload_unfinished');
  await expect(send(conversationId, 'x', [foreign])).rejects.toThrow('upload_not_found');
  await expect(send(conversationId, 'x', ['../../state'])).rejects.toThrow('bad_request');
  await expect(send(conversationId, ' ', [])).rejects.toThrow('bad_request');
  await sendPart(
    daemon.client,
    { conversationId, uploadId: unfinished },
    { offset: 0, bytes: Buffer.alloc(10, 'a') },
  );
  expect(await send(conversationId, '[[text ok]]', [unfinished])).toEqual({ eventId: expect.any(Number) });
});

test('the same message twice is one, also with files; with another file it is refused', async () => {
  const { conversationId } = await create();
  const upload = (name: string) => sendFile(daemon.client, { conversationId, name, bytes: picture });
  const [first, second] = [await upload('a.png'), await upload('b.png')];
  const clientId = crypto.randomUUID();
  const say = (ids: string[]) => send(conversationId, '[[text once]]', ids, clientId);
  const answers = await Promise.all([say([first]), say([first]), say([first])]);
  await daemon.restartWith();
  answers.push(await say([first]));
  expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(1);
  await expect(say([second])).rejects.toThrow('client_id_reused');
  await expect(say([])).rejects.toThrow('client_id_reused');
  const events = await daemon.client.readUntil(conversationId, isEnd);
  expect(events.filter((event) => event.type === 'message.sent')).toHaveLength(1);
});

test('a waiting message keeps its files when it is changed, and over a restart', async () => {
  const { conversationId } = await create();
  await send(conversationId, '[[hold kept]]', []);
  await daemon.api.waiting('kept');
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'kept.png', bytes: picture });
  await send(conversationId, 'first words', [uploadId]);
  const [sent] = (
    await daemon.client.readUntil(
      conversationId,
      (event) => event.type === 'message.sent' && event['text'] === 'first words',
    )
  ).slice(-1);
  const messageId = String(sent?.['messageId']);
  await daemon.client.command('message.edit', {
    conversationId,
    messageId,
    text: 'other words [[text got it]]',
  });
  await daemon.stop('SIGKILL');
  await daemon.start();
  daemon.api.release('kept');
  await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'text.finished' && event['text'] === 'got it',
  );
  expect(blocksWith('other words').map((block) => block.type)).toEqual(['image', 'text']);
});

test('a message goes although its file was taken from the disk, and a notice says so', async () => {
  const { conversationId } = await create();
  await send(conversationId, '[[hold gone]]', []);
  await daemon.api.waiting('gone');
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'lost.png', bytes: picture });
  await send(conversationId, 'with a file [[text went]]', [uploadId]);
  rmSync(join(daemon.home, 'conversations', conversationId, 'uploads', uploadId));
  daemon.api.release('gone');
  const events = await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'text.finished' && event['text'] === 'went',
  );
  expect(events.find((event) => event.type === 'notice.raised')).toMatchObject({
    severity: 'warning',
    text: 'The file “lost.png” is no longer on the computer. Claude got the message without it.',
  });
  expect(blocksWith('with a file')[0]).toEqual({
    type: 'text',
    text: 'Attached file: lost.png (it is no longer on the computer)',
  });
});

test('a picture that Claude reads is kept once, under its hash, and none of it stands in the log', async () => {
  const { conversationId } = await create();
  const big = pngOf({ width: 300, height: 200, colour: '2040c0' });
  writeFileSync(join(daemon.project, 'chart.png'), big);
  await send(conversationId, '[[read chart.png]]', []);
  const events = await daemon.client.readUntil(conversationId, isEnd);
  const finished = events.find((event) => event.type === 'tool.finished');
  const image = imagesOf(finished)[0];
  expect(image).toMatchObject({ mediaType: expect.stringMatching(/^image\//), width: 300, height: 200 });
  const path = join(daemon.home, 'conversations', conversationId, 'uploads', String(image?.uploadId));
  expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(image?.uploadId);
  const answer = await daemon.client.fetch(`/api/uploads/${conversationId}/${image?.uploadId}`);
  expect(answer.headers).toMatchObject({ 'content-type': expect.stringMatching(/^image\//) });
  const given = readFileSync(path).toString('base64');
  expect(spoolsOf().some((spool) => spool.includes(given.slice(0, 200)))).toBe(true);
  expect(JSON.stringify(events)).not.toContain(given.slice(0, 60));
  await daemon.stop('SIGKILL');
  await daemon.start();
  const again = await daemon.client.readUntil(conversationId, isEnd);
  expect(again.filter((event) => event.type === 'tool.finished')).toEqual([finished]);
});

test('a fork shows the files of what was said before, and keeps them when the first one is deleted', async () => {
  const { conversationId } = await create();
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'shared.png', bytes: picture });
  await send(conversationId, '[[text seen]]', [uploadId]);
  await daemon.client.readUntil(conversationId, isEnd);
  const fork = await daemon.client.command('conversation.fork', { conversationId });
  await daemon.client.command('conversation.delete', { conversationId });
  const answer = await daemon.client.fetch(`/api/uploads/${fork.conversationId}/${uploadId}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/png']);
});

test('what a command prints as a picture is kept as one', async () => {
  const { conversationId } = await create();
  const small = pngOf({ width: 5, height: 5, colour: '00ff00' }).toString('base64');
  writeFileSync(join(daemon.project, 'picture.txt'), `data:image/png;base64,${small}`);
  await send(conversationId, '[[bash cat picture.txt]]', []);
  const events = await daemon.client.readUntil(conversationId, isEnd);
  const finished = events.find((event) => event.type === 'tool.finished');
  expect(finished).toMatchObject({ images: [{ mediaType: 'image/png', width: 5, height: 5 }] });
  expect(JSON.stringify(events)).not.toContain(small);
});
