// Reads text/event-stream as it comes in pieces, for fetch: EventSource cannot send the Authorization header. Pure.

export interface StreamMessage {
  /** `message` unless the stream says otherwise. */
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** A function from the next piece of text to the messages that it completes. Comments are swallowed. */
export function createStreamReader(): (piece: string) => StreamMessage[] {
  // A line may be as long as it likes: only what is new is looked through.
  let held: string[] = [];
  let fields: { event: string; id: string; data: string[] } = { event: 'message', id: '', data: [] };

  function take(line: string): StreamMessage | undefined {
    if (line === '') {
      const { event, id, data } = fields;
      fields = { event: 'message', id: '', data: [] };
      return data.length > 0 ? { event, id, data: data.join('\n') } : undefined;
    }
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'data') fields.data.push(value);
    if (name === 'event') fields.event = value;
    if (name === 'id') fields.id = value;
    return undefined;
  }

  return (piece) => {
    const [first = '', ...more] = piece.split('\n');
    held.push(first);
    return more.flatMap((next) => {
      const line = held.join('');
      held = [next];
      return take(line.replace(/\r$/, '')) ?? [];
    });
  };
}
