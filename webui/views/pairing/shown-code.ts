// The pairing code as the computer shows it. Types only.
import type { CommandResult } from '../../../daemon/protocol/commands.ts';

export type ShownCode = CommandResult<'pairing.start'>;
