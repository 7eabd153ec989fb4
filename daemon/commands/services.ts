// What the handlers of commands work with, and the form of a handler. Decides nothing.
import type { Conversations } from '../conversations/conversations.ts';
import type { PauseAll } from '../conversations/pause-all.ts';
import type { Audit } from '../pairing/audit.ts';
import type { Codes } from '../pairing/codes.ts';
import type { Confirmations } from '../pairing/confirmations.ts';
import type { Devices, Principal } from '../pairing/devices.ts';
import type { Pairings } from '../pairing/pairings.ts';
import type { Certificates } from '../ports/certificates.ts';
import type { FileNames } from '../projects/file-names.ts';
import type { PagePictures } from '../ports/page-pictures.ts';
import type { PreviewDoors } from '../ports/preview-doors.ts';
import type { Previews } from '../previews/previews.ts';
import type { Projects } from '../projects/projects.ts';
import type { Trust } from '../projects/trust.ts';
import type { RemoteAccess } from '../remote/remote.ts';
import type { LiveSettings } from '../settings/live-settings.ts';
import type { CommandInput, CommandResult, CommandType } from '../protocol/commands.ts';
import type { Check } from '../protocol/doctor.ts';
import type { ClaudeHealth, Scope } from '../protocol/lobby.ts';

export interface Services {
  readonly conversations: Conversations;
  readonly projects: Projects;
  readonly fileNames: FileNames;
  readonly trust: Trust;
  readonly audit: Audit;
  readonly codes: Codes;
  readonly pairings: Pairings;
  readonly devices: Devices;
  readonly confirmations: Confirmations;
  readonly settings: LiveSettings;
  readonly pause: PauseAll;
  readonly checkClaude: () => Promise<ClaudeHealth>;
  /** The address of a private file that leads a browser of this computer to that place. */
  readonly preparePage: (path: string) => Promise<string>;
  /** Looks that overlap are one. */
  readonly examine: () => Promise<readonly Check[]>;
  readonly status: () => Promise<CommandResult<'daemon.status'>>;
  /** Where phones reach the daemon, best first, e.g. `https://192.168.1.20:47000`. */
  readonly urls: () => readonly string[];
  /** For phones in the same Tailscale network. */
  readonly tailscaleUrl: () => string | null;
  readonly certificates: Certificates;
  readonly remote: RemoteAccess;
  readonly previews: Previews;
  readonly previewDoors: PreviewDoors;
  readonly pagePictures: PagePictures;
}

export type Handler<T extends CommandType> = {
  readonly scope: Scope;
  /** Refused to phones and tokens, whatever their scopes. */
  readonly onlyAtComputer?: true;
  /**
   * What a phone or token needs somebody's yes at the computer for, as a sentence completes “… wants to”; undefined when it
   * needs none.
   */
  readonly confirms?: (
    services: Services,
    input: CommandInput<T>,
    principal: Principal,
  ) => string | undefined;
  /** A sentence for the audit log, made before the act; undefined when this one is none for it. */
  readonly audits?: (
    services: Services,
    input: CommandInput<T>,
    principal: Principal,
  ) => Promise<string | undefined> | string | undefined;
  readonly run: (
    services: Services,
    input: CommandInput<T>,
    principal: Principal,
  ) => Promise<CommandResult<T>>;
};

/** Handlers for a part of the commands: those whose type begins with one of these words and a dot. */
export type Handlers<Area extends string> = {
  readonly [T in Extract<CommandType, `${Area}.${string}`>]: Handler<T>;
};
