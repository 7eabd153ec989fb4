// Stopping in good order, whatever the other sides do: a phone that lost its network never says goodbye.
import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { startTestDaemon } from '../testing/test-daemon.ts';

test('the daemon stops although peers hold their connections open and say nothing', async () => {
  const daemon = await startTestDaemon();
  const port = Number(new URL(daemon.url).port);
  const silent = dial({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(silent, 'connect');
  const socket = dial({ port, host: '127.0.0.1', allowHalfOpen: true });
  const refused = connect({ socket, servername: 'localhost', ca: daemon.client.ca });
  refused.on('error', () => undefined);
  silent.on('error', () => undefined);
  const head = [
    'GET /nothing HTTP/1.1',
    `Host: localhost:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
  ];
  refused.write(`${head.join('\r\n')}\r\n\r\n`);
  const [answer] = await once(refused, 'data');
  expect(String(answer)).toContain('404 Not Found');
  await daemon.stop();
  refused.destroy();
  silent.destroy();
  await daemon.close();
});
