// A well-behaved client beside the fuzz: again and again it renames its own conversation and waits until it reads that in the
// log. It must be served throughout.
import { WebSocket } from 'ws';
import type { Target } from './target.ts';

export interface Neighbour {
  readonly conversationId: string;
  /** ms from each command to its event, over the same socket. */
  readonly waits: readonly number[];
  /** Resolves when the last round is over; rejects when the daemon did not serve it. */
  stop(): Promise<void>;
}

export async function startNeighbour({ daemon, port }: Pick<Target, 'daemon' | 'port'>): Promise<Neighbour> {
  const { client, project } = daemon;
  const { conversationId } = await client.command('conversation.create', { cwd: project });
  const socket = new WebSocket(`wss://localhost:${port}/api/socket`, { ca: client.ca });
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  const waits: number[] = [];
  let isOver = false;
  let sentAt = 0;
  const say = () => {
    sentAt = performance.now();
    const command = { type: 'conversation.rename', conversationId, title: `Round ${waits.length}` };
    send({ type: 'command', ref: 'r', command });
  };
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('open', () => send({ type: 'auth', token: client.token }));
    socket.on('error', reject);
    socket.on('close', (code) =>
      isOver ? resolve() : reject(new Error(`the neighbour was closed with ${code}`)),
    );
    socket.on('message', (data) => {
      const text = data.toString();
      if (text.startsWith('{"type":"ready"')) {
        send({ type: 'subscribe', log: conversationId, after: 0 });
        return say();
      }
      if (!text.includes(`"Round ${waits.length}"`)) return;
      waits.push(performance.now() - sentAt);
      if (isOver) return socket.close();
      // A person's pace: what is measured is whether it is served, not how much fits in.
      setTimeout(say, 20);
    });
  });
  ended.catch(() => undefined);
  return {
    conversationId,
    waits,
    async stop() {
      isOver = true;
      const tooLong = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error('the neighbour waits in vain')), 30_000).unref();
      });
      await Promise.race([ended, tooLong]).finally(() => socket.terminate());
    },
  };
}
