// The listening side of previews, as the commands need it. Types only; http/preview-doors.ts has the work.
import type { Scope } from '../protocol/lobby.ts';

/** Whoever asked, as the list of devices says at each moment. */
export interface Guest {
  readonly deviceId: string;
  readonly scopes: readonly Scope[];
  readonly revoked: AbortSignal;
}

export interface PreviewDoors {
  /**
   * Opens the preview's port, where it is not open, and makes the one-time way in for this device. `path` holds the ticket. Rejects
   * with `preview_not_found` and `preview_port_taken`.
   */
  letIn(
    guest: Guest,
    to: { previewId: string; bridge: boolean; inspect: boolean },
  ): Promise<{ port: number; path: string }>;
  /** Nobody gets in there any more, and what is open is closed. */
  shut(previewId: string): void;
  close(): Promise<void>;
}
