// The WebSocket way: one socket, frames as in protocol/frames.ts, commands matched to replies by `ref`.
// A close or error event may come late or never on a phone; the connection decides by silence, not by readyState.
import type { Reply } from '../../daemon/protocol/commands.ts';
import { closeCodes } from '../../daemon/protocol/errors.ts';
import { type ClientFrame, ServerFrame } from '../../daemon/protocol/frames.ts';
import { Unreachable } from '../http.ts';
import type { Ending, OpenTransport, Transport } from './transport.ts';
import { isHidden } from './wake-up.ts';

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Unreachable): void;
}

export const openSocket: OpenTransport = (token, events) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/socket`);
  const waiting = new Map<string, Waiting>();
  let refs = 0;
  /** The last probe. */
  let asked: string | undefined;
  let isOver = false;

  const newRef = () => {
    refs += 1;
    return String(refs);
  };
  const send = (frame: ClientFrame) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };

  function finish(ending: Ending | undefined): void {
    if (isOver) return;
    isOver = true;
    document.removeEventListener('visibilitychange', tellWhetherSeen);
    for (const { reject } of waiting.values()) reject(new Unreachable());
    waiting.clear();
    socket.close();
    if (ending !== undefined) events.onEnd(ending);
  }

  const tellWhetherSeen = () => send({ type: 'watching', isVisible: !isHidden() });
  socket.onopen = () => send({ type: 'auth', token });
  document.addEventListener('visibilitychange', tellWhetherSeen);
  socket.onclose = (event) => finish(endingOf(event.code));
  socket.onerror = () => finish('silent');
  socket.onmessage = (message) => {
    if (isOver) return;
    const frame = ServerFrame.safeParse(JSON.parse(String(message.data)));
    events.onHeard();
    // A frame of a newer daemon: what matters of it comes as events, which are kept.
    if (frame.success) receive(frame.data);
  };

  let epoch: string | undefined;
  function receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        if (epoch === undefined) events.onReady({ buildId: frame.buildId });
        tellWhetherSeen();
        epoch = frame.epoch;
        return;
      case 'reply':
        waiting.get(frame.ref)?.resolve(frame.reply);
        waiting.delete(frame.ref);
        return;
      case 'gone':
        return events.onGone(frame.log, frame.message);
      case 'heartbeat':
        if (frame.ref !== undefined && frame.ref === asked) events.onAnswer();
        return;
      case 'events':
      case 'snapshot':
      case 'reset':
      case 'live':
        return events.onRecord(frame, epoch);
      default:
        return frame satisfies never;
    }
  }

  return {
    kind: 'socket',
    subscribe: (log, cursor) => send({ type: 'subscribe', log, ...cursor }),
    unsubscribe: (log) => send({ type: 'unsubscribe', log }),
    command(command) {
      const ref = newRef();
      return new Promise((resolve, reject) => {
        if (isOver || socket.readyState !== WebSocket.OPEN) return reject(new Unreachable());
        waiting.set(ref, { resolve, reject });
        send({ type: 'command', ref, command });
      });
    },
    probe() {
      asked = newRef();
      send({ type: 'heartbeat', ref: asked });
    },
    renew: (newToken) => send({ type: 'auth', token: newToken }),
    close: () => finish(undefined),
  } satisfies Transport;
};

function endingOf(code: number): Ending {
  if (code === closeCodes.unauthenticated) return 'unauthenticated';
  return code === closeCodes.revoked ? 'revoked' : 'silent';
}
