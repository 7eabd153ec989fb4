// The closed list of reasons for which a command or request is refused, each with its HTTP status, its WebSocket
// close code where it ends a socket, and one sentence for a person. Nothing else may be refused with.

interface Refusal {
  readonly status: number;
  readonly sentence: string;
  /** After so many seconds it is worth trying again. */
  readonly retryAfterS?: number;
}

export const refusals = {
  bad_request: {
    status: 400,
    sentence: 'The request is not of a form that Porchlight understands.',
  },
  unauthenticated: {
    status: 401,
    sentence: 'This device is not signed in. Pair it again from the computer.',
  },
  challenge_over: {
    status: 401,
    sentence: 'Signing in was broken off. It begins anew.',
  },
  forbidden: {
    status: 403,
    sentence: 'This device is not allowed to do that.',
  },
  foreign_origin: {
    status: 403,
    sentence: 'The request came from another web page.',
  },
  computer_only: { status: 403, sentence: 'This can only be done at the computer itself.' },
  not_confirmed: {
    status: 403,
    sentence: 'Nobody at the computer allowed it. Ask again when you are there.',
  },
  not_found: { status: 404, sentence: 'There is nothing here by that name.' },
  conversation_not_found: {
    status: 404,
    sentence: 'This conversation no longer exists.',
  },
  folder_not_found: {
    status: 422,
    sentence: 'There is no such folder on the computer.',
  },
  bad_setting: { status: 422, sentence: 'This setting cannot be that.' },
  trust_changed: {
    status: 409,
    sentence: 'This folder would run something else by now. Look again at what it brings.',
  },
  preview_not_found: { status: 404, sentence: 'There is no such preview any more.' },
  preview_changed: {
    status: 409,
    sentence: 'The project would run something else by now. Look at what it offers, and approve it again.',
  },
  preview_port_taken: {
    status: 503,
    sentence: 'The port of this preview is taken by another program on the computer.',
  },
  client_id_reused: {
    status: 409,
    sentence: 'Another message was already sent under this id.',
  },
  already_answered: { status: 409, sentence: 'This was already answered.' },
  no_turn: {
    status: 409,
    sentence: 'Claude is not working on anything in this conversation.',
  },
  turn_running: {
    status: 409,
    sentence: 'Claude is working in this conversation. Stop it first, or wait until it is done.',
  },
  no_task: { status: 409, sentence: 'This has ended already.' },
  no_way_back: {
    status: 409,
    sentence: 'Claude no longer has what stood before this message, so it cannot go back to here.',
  },
  files_not_kept: {
    status: 409,
    sentence: 'Claude Code has kept no earlier state of the files for this message.',
  },
  not_waiting: { status: 409, sentence: 'Claude has this message already; it can no longer be changed.' },
  bypass_not_allowed: {
    status: 403,
    sentence: 'Bypassing permissions is switched off on the computer (allowBypass in its settings).',
  },
  code_wrong: { status: 403, sentence: 'This is not the code that the computer shows.' },
  no_own_certificate: {
    status: 422,
    sentence: 'There is no certificate of your own that can be used.',
  },
  certificate_configured: {
    status: 409,
    sentence: 'The computer’s settings name a certificate, so that one is used. Take it out there first.',
  },
  tunnel_failed: { status: 503, sentence: 'The tunnel could not be opened.' },
  pair_at_home: {
    status: 403,
    sentence: 'A new device is let in on the computer’s own network only. Scan the code there.',
  },
  pairing_over: {
    status: 410,
    sentence: 'This pairing code is used up or too old. Show a new one on the computer.',
  },
  too_large: { status: 413, sentence: 'That is too large to send.' },
  head_too_large: {
    status: 431,
    sentence:
      'Other programs on this computer have left too many cookies. They are removed; load the page again.',
  },
  empty_file: { status: 422, sentence: 'This file is empty.' },
  upload_not_found: { status: 404, sentence: 'This file is no longer on the computer. Add it again.' },
  upload_unfinished: { status: 409, sentence: 'A file of this message is still on its way to the computer.' },
  upload_moved: { status: 409, sentence: 'The computer has another part of this file than was thought.' },
  too_many_uploads: {
    status: 429,
    sentence: 'Too many files wait to be sent. Send or remove some of them first.',
  },
  misdirected: {
    status: 421,
    sentence: 'This address is not one of the computer’s own.',
  },
  rate_limited: {
    status: 429,
    sentence: 'Too many tries. Wait a minute and try again.',
    retryAfterS: 60,
  },
  crowded: {
    status: 503,
    sentence: 'Too many devices are at the door of the computer. Try again in a moment.',
    retryAfterS: 1,
  },
  too_slow: { status: 408, sentence: 'The request took too long to arrive. Send it again.', retryAfterS: 1 },
  internal: {
    status: 500,
    sentence: 'Porchlight made a mistake. The log on the computer has the details.',
  },
  claude_unavailable: { status: 503, sentence: 'Claude Code cannot be started on the computer.' },
  stopping: {
    status: 503,
    sentence: 'Porchlight is stopping on the computer.',
    retryAfterS: 5,
  },
  disk_full: {
    status: 507,
    sentence:
      'The computer’s disk is full, so nothing new is begun there. Make room on it; it goes on by itself.',
  },
  disk_failed: {
    status: 507,
    sentence: 'The computer cannot write to its disk, so nothing was saved. Its log has the details.',
  },
  log_damaged: {
    status: 500,
    sentence:
      'This conversation is damaged on the computer’s disk. It can be read up to the damage and takes no more messages; fork it to go on from there.',
  },
} as const satisfies Record<string, Refusal>;

export type ErrorCode = keyof typeof refusals;

export const errorCodes = Object.keys(refusals) as [ErrorCode, ...ErrorCode[]];

/** A refusal on its way to whoever asked. `message` may say more than the code's own sentence. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string = refusals[code].sentence, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** WebSocket close codes of ours (4000–4999). 4401 and 4403 end the session; the others invite a reconnect. */
export const closeCodes = {
  unauthenticated: 4401,
  revoked: 4403,
  stalled: 4408,
  badFrame: 4400,
  crowded: 4429,
} as const;
