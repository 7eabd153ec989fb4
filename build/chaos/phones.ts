// Starts, kills and asks the phone processes. A phone that was killed comes up again with what its files hold, as a page does
// that the system threw out.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { LobbyView } from '../../daemon/protocol/lobby.ts';
import type { ConversationView } from '../../daemon/protocol/view.ts';

export interface PhoneSpec {
  readonly name: string;
  readonly way: 'socket' | 'stream';
  readonly host: string;
  readonly proxyPort: number;
  readonly certificate: string;
  readonly token: string;
  readonly folder: string;
  readonly journal: string;
  readonly project: string;
  readonly seed: string;
  /** How many times slower than in a chaos run the person is. */
  readonly slowness?: number;
}

export type Asked = 'quiet' | 'wake' | 'report';

export interface PhoneReport {
  readonly waiting: number;
  readonly refused: number;
  readonly state: string;
  readonly lobby: LobbyView;
  readonly views: Readonly<Record<string, ConversationView>>;
}

export interface Phone {
  readonly name: string;
  /** Kills it, and starts it again. */
  restart(): Promise<void>;
  tell(asked: 'quiet' | 'wake'): void;
  report(): Promise<PhoneReport>;
  close(): Promise<void>;
}

export function startPhone(program: string, spec: PhoneSpec): Phone {
  let lives = 0;
  let child = start();

  function start(): ChildProcess {
    lives += 1;
    const own = JSON.stringify({ ...spec, seed: `${spec.seed}/${lives}` });
    return fork(program, [own], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  return {
    name: spec.name,
    async restart() {
      await kill();
      child = start();
    },
    tell(asked) {
      if (child.connected) child.send(asked);
    },
    async report() {
      if (!child.connected) throw new Error(`the phone ${spec.name} is gone`);
      const answered = once(child, 'message', { signal: AbortSignal.timeout(10_000) });
      child.send('report');
      const [report] = await answered;
      return report as PhoneReport;
    },
    close: kill,
  };
}
