// What a run has done by a tool, for whoever looks whether it has left a server running. Types only.

export interface ToolWork {
  readonly conversationId: string;
  /** Where the conversation works. */
  readonly folder: string;
  readonly runId: string;
  /** What the tool gave back; empty while it goes on. */
  readonly output: string;
  /** It goes on beside the turn. */
  readonly isBeside: boolean;
}
