// Commands whose answer may wait for somebody at the computer.
import type { CommandType } from '../../daemon/protocol/commands.ts';

const types: readonly CommandType[] = [
  'conversation.create',
  'conversation.configure',
  'permission.answer',
  'device.changeScopes',
  'device.revoke',
  'token.create',
];

export const mayNeedYes: ReadonlySet<string> = new Set(types);
