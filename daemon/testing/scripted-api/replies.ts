// The parts a scripted reply is made of: what "Claude" says, does, and how the line to it breaks.
// Data only. Sending them is stream.ts's work, choosing them pick.ts's.

/** How fast a text arrives: `chunk` characters at a time, `everyMs` milliseconds apart. */
export interface Pace {
  readonly chunk?: number;
  readonly everyMs?: number;
}

/** Field names of the API. `output_tokens` is counted from the text when left out. */
export type Usage = Readonly<
  Partial<
    Record<
      'input_tokens' | 'output_tokens' | 'cache_creation_input_tokens' | 'cache_read_input_tokens',
      number
    >
  >
>;

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | 'stop_sequence';

/** A content block of the assistant's message; texts that follow each other are one block. */
export type ContentPart =
  | ({ readonly kind: 'text'; readonly text: string } & Pace)
  | ({ readonly kind: 'thinking'; readonly text: string } & Pace)
  | { readonly kind: 'tool'; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** Something that happens on the way: silence, a gate, a broken line. */
export type IncidentPart =
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'hold'; readonly gate: string }
  | { readonly kind: 'drop' }
  | { readonly kind: 'streamError'; readonly type: string; readonly message: string };

/** Something said about the message as a whole; its place among the parts does not matter. */
export type FramePart =
  | { readonly kind: 'stop'; readonly reason: StopReason }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> };

export type Part = ContentPart | IncidentPart | FramePart;

/** An HTTP error instead of a message. */
export interface ErrorReply {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Reply = readonly Part[] | ErrorReply;

export const isErrorReply = (reply: Reply): reply is ErrorReply => 'status' in reply;

export const text = (words: string, pace: Pace = {}): Part => ({ kind: 'text', text: words, ...pace });
export const thinking = (words: string, pace: Pace = {}): Part => ({
  kind: 'thinking',
  text: words,
  ...pace,
});
export const tool = (name: string, input: Readonly<Record<string, unknown>>): Part => ({
  kind: 'tool',
  name,
  input,
});
/** Silence in mid-stream. */
export const pause = (ms: number): Part => ({ kind: 'pause', ms });
/** Waits here until `api.release(gate)`. */
export const hold = (gate: string): Part => ({ kind: 'hold', gate });
/** Cuts the connection in mid-stream. */
export const drop = (): Part => ({ kind: 'drop' });
/** An `error` event in mid-stream, after which the stream ends. */
export const streamError = (type: string, message: string): Part => ({ kind: 'streamError', type, message });
export const stop = (reason: StopReason): Part => ({ kind: 'stop', reason });
export const usage = (tokens: Usage): Part => ({ kind: 'usage', usage: tokens });
export const headers = (extra: Readonly<Record<string, string>>): Part => ({
  kind: 'headers',
  headers: extra,
});

export const apiError = (
  status: number,
  error: {
    readonly type: string;
    readonly message: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): ErrorReply => ({ status, type: error.type, message: error.message, headers: error.headers ?? {} });
