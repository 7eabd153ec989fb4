// Step-up: a dangerous act that a phone or token asks for is done only when somebody at the computer says yes. What waits is
// held in memory and dies with the daemon; the lobby log tells about it, and how it was answered.
import type { Clock, Dispose, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { PendingConfirmation } from '../protocol/confirmations.ts';
import type { LobbyDraft } from '../protocol/lobby.ts';
import type { Principal } from './devices.ts';

const pendingMs = 60_000;
/** A device that asks for more at once is pressing somebody to say yes. */
const maxPerDevice = 1;

type Outcome = 'allowed' | 'denied' | 'expired';

export interface Confirmations {
  /**
   * Resolves when somebody at the computer allows `act`, e.g. "remove the device “iPad”". Rejects with `not_confirmed` when it is
   * denied, after 60 s, or when the device is revoked meanwhile; with `rate_limited` when the device asks for one already.
   */
  ask(principal: Principal, act: string): Promise<void>;
  /** Rejects with `already_answered` when it is settled or unknown. */
  answer(confirmationId: string, behavior: 'allow' | 'deny'): Promise<void>;
  /** What waits, oldest first. */
  list(): readonly PendingConfirmation[];
}

interface Pending {
  readonly asked: PendingConfirmation;
  readonly settle: (outcome: Outcome) => void;
}

export function createConfirmations(options: {
  clock: Clock;
  random: RandomBytes;
  tell: (draft: LobbyDraft) => Promise<void>;
}): Confirmations {
  const { clock, random, tell } = options;
  const pending = new Map<string, Pending>();

  /** Settled in the tick of the first answer, so that two that come at once cannot both count. */
  function waitFor(asked: PendingConfirmation, { revoked }: Principal): Promise<Outcome> {
    const { confirmationId } = asked;
    return new Promise((resolve) => {
      const end = () => settle('expired');
      const stopTimer: Dispose = clock.after(pendingMs, end);
      const settle = (outcome: Outcome) => {
        stopTimer();
        revoked.removeEventListener('abort', end);
        pending.delete(confirmationId);
        resolve(outcome);
      };
      revoked.addEventListener('abort', end);
      pending.set(confirmationId, { asked, settle });
    });
  }

  return {
    async ask(principal, act) {
      const { deviceId, label } = principal;
      const open = [...pending.values()].filter(({ asked }) => asked.deviceId === deviceId).length;
      if (open >= maxPerDevice)
        throw new AppError('rate_limited', 'The computer is asked about something from this device already.');
      // In hexadecimal: it may stand on a command line, where a dash would begin an option.
      const confirmationId = Buffer.from(random(16)).toString('hex');
      const expiresAt = clock.now() + pendingMs;
      const asked = { confirmationId, deviceId, label, act, expiresAt };
      const answered = waitFor(asked, principal);
      await tell({ type: 'confirmation.requested', ...asked });
      const outcome = await answered;
      await tell({ type: 'confirmation.settled', confirmationId, outcome });
      if (outcome !== 'allowed') throw new AppError('not_confirmed');
    },
    async answer(confirmationId, behavior) {
      const waiting = pending.get(confirmationId);
      if (!waiting) throw new AppError('already_answered');
      waiting.settle(behavior === 'allow' ? 'allowed' : 'denied');
    },
    list: () => [...pending.values()].map(({ asked }) => asked),
  };
}
