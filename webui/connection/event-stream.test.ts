import { expect, it } from 'vitest';
import { createStreamReader } from './event-stream.ts';

const stream = [
  ':hb\n\n',
  'event: live\ndata: {"type":"live","log":"lobby","head":0}\n\n',
  'id: 0a.1\ndata: {"id":1,"text":"ö: x"}\n\n',
  'id: 0a.2\r\ndata: {"id":2}\r\n\r\n',
].join('');

const messages = [
  { event: 'live', id: '', data: '{"type":"live","log":"lobby","head":0}' },
  { event: 'message', id: '0a.1', data: '{"id":1,"text":"ö: x"}' },
  { event: 'message', id: '0a.2', data: '{"id":2}' },
];

it('gives the same messages wherever the stream is cut', () => {
  for (let cut = 0; cut <= stream.length; cut++) {
    const read = createStreamReader();
    expect([...read(stream.slice(0, cut)), ...read(stream.slice(cut))]).toEqual(messages);
  }
});

it('keeps a message back until its empty line has come', () => {
  const read = createStreamReader();
  expect(read('data: x\n')).toEqual([]);
  expect(read('\n')).toEqual([{ event: 'message', id: '', data: 'x' }]);
});
