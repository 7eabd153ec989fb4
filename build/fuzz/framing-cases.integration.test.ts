// Every case of the list, against the daemon, on a socket that is signed in.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonHere, startDaemonHere } from '../../daemon/testing/daemon-here.ts';
import { frameBytes, opcodes } from './frames.ts';
import { type FramingCase, framingCases } from './framing-cases.ts';
import { openRawSocket } from './raw-socket.ts';

const mask = Buffer.from([1, 2, 3, 4]);
/** Long, because the computer may be busy; nobody waits so long unless an answer never comes. */
const patience = 30;
const last = Buffer.from('the last ping');

let daemon: DaemonHere;

beforeAll(async () => {
  daemon = await startDaemonHere({});
});

afterAll(() => daemon.close());

async function outcomeOf({ bytes, slice, code }: FramingCase): Promise<object> {
  const { token, ca } = daemon.client;
  const socket = await openRawSocket({ port: daemon.port, ca });
  try {
    const { answers } = socket;
    const auth = Buffer.from(JSON.stringify({ type: 'auth', token }));
    await socket.send(frameBytes({ opcode: opcodes.text, payload: auth, mask }), auth.length + 10);
    await socket.wait(({ texts }) => texts.length > 0, patience);
    const sent = socket.send(bytes, slice ?? bytes.length);
    if (code !== undefined) await socket.wait((heard) => heard.code !== undefined, patience);
    else {
      await sent;
      await socket.send(frameBytes({ opcode: opcodes.ping, payload: last, mask }), 1000);
      await socket.wait(({ pongs }) => pongs.at(-1)?.equals(last) === true, patience);
    }
    const pongs = answers.pongs.filter((payload) => !payload.equals(last));
    const refs = answers.texts.slice(1).map((text) => JSON.parse(text).ref);
    return { refs, pongs, code: answers.code };
  } finally {
    socket.destroy();
  }
}

test.each(framingCases)('$name', async (one) => {
  const { refs, pongs, code } = one;
  expect(await outcomeOf(one)).toEqual({ refs, pongs, code });
});

test('the list is whole', () => {
  expect(framingCases.length).toBeGreaterThan(300);
});
