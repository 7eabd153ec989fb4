// Dangerous acts that a phone or token asks for and only the computer may answer, as the lobby tells of them.
import * as z from 'zod/mini';

const text = z.string();

const confirmation = {
  confirmationId: text,
  deviceId: text,
  label: text,
  /** Completes “… wants to”. */
  act: text,
  expiresAt: z.number(),
};
const Confirmation = z.object(confirmation);
export type PendingConfirmation = Readonly<z.infer<typeof Confirmation>>;

const envelope = { id: z.int(), at: z.number() };

export const confirmationEvents = [
  z.object({ ...envelope, type: z.literal('confirmation.requested'), ...confirmation }),
  z.object({
    ...{ ...envelope, type: z.literal('confirmation.settled'), confirmationId: text },
    outcome: z.enum(['allowed', 'denied', 'expired']),
  }),
] as const;
