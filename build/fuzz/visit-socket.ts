// Plays one random visit against the daemon and says what was not as promised.
import type { Door } from './raw-socket.ts';
import { openRawSocket } from './raw-socket.ts';
import { bytesOf, expectedOf, type Session } from './socket-session.ts';

/** From one answer to the next. Long, because the computer may be busy; nobody waits so long unless one never comes. */
const patience = 15;

/** Rejects with what is wrong. Gives the frames that were sent. */
export async function visitSocket(door: Door & { token: string }, session: Session): Promise<number> {
  const expected = expectedOf(session, (token) => token === door.token);
  const socket = await openRawSocket(door);
  try {
    // Reading goes on while there is still something to send: whoever does not read is let go.
    const sent = socket.send(bytesOf(session), session.slice);
    const { answers } = socket;
    if (expected.codes.length > 0) {
      await socket.wait(({ code }) => code !== undefined, patience);
      if (answers.code === undefined || !expected.codes.includes(answers.code)) {
        throw new Error(`closed with ${answers.code ?? 'no code'} instead of ${expected.codes.join(' or ')}`);
      }
    } else {
      const refs = expected.refs.toSorted();
      for (let had = -1, has = 0; has > had && has < refs.length; ) {
        had = has;
        await socket.wait(({ texts }) => answersTo(texts).refs.length > had, patience);
        has = answersTo(answers.texts).refs.length;
      }
      await sent;
      const found = answersTo(answers.texts);
      if (answers.code !== undefined || answers.isOver) {
        throw new Error(`closed with ${answers.code ?? 'no code'} although nothing was wrong`);
      }
      if (found.internal !== undefined) throw new Error(`a command was answered with ${found.internal}`);
      if (found.refs.toSorted().join('\n') !== refs.join('\n')) {
        throw new Error(`${refs.length} commands were answered ${found.refs.length} times`);
      }
    }
    return expected.frames + (session.offence ? 1 : 0);
  } finally {
    socket.destroy();
  }
}

function answersTo(texts: readonly string[]): { refs: string[]; internal: string | undefined } {
  const replies = texts.filter((text) => text.startsWith('{"type":"reply"')).map((text) => JSON.parse(text));
  const internal = replies.find(({ reply }) => !reply.ok && reply.error.code === 'internal');
  return { refs: replies.map(({ ref }) => ref), internal: internal && JSON.stringify(internal) };
}
