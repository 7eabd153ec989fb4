// What the command's exit codes mean. They are part of the interface: scripts rely on them.

export const exitCodes = {
  ok: 0,
  /** Something went wrong that has no code of its own. */
  failed: 1,
  /** The command line is not right. */
  usage: 2,
  portTaken: 3,
  alreadyRunning: 4,
  homeUnusable: 5,
  nodeTooOld: 6,
  /** The command needs a running daemon, and there is none. */
  notRunning: 7,
  /** The person, or time, said no. */
  denied: 8,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command with a sentence on stderr and this code. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
