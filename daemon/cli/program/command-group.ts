// What a group of commands of the command line is made with: the program to add to, and what its commands do the same way.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../environment.ts';

export interface CommandGroup {
  readonly program: Command;
  readonly environment: Environment;
}

/** Adds some commands to the program. Each does its work in a file of its own, loaded when it is asked for. */
export type AddCommands = (group: CommandGroup) => void;

/** Lets `--home` be said behind the command too. */
export function withHome(command: Command): Command {
  return command.addOption(new Option('--home <dir>', 'where Porchlight keeps its things'));
}

/** The home that the command line or the environment names. */
export function homeOf(command: Command): string {
  return command.optsWithGlobals()['home'];
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}

/** What a device may do unless somebody says otherwise. */
export const usualScopes = 'read,use,approve';
