// The lines of the CLI's stdout that Porchlight knows, as loose schemas: only what is used is checked, the rest may change
// from one release to the next. A line that fits none of them is kept as it is, never dropped.
import * as z from 'zod/mini';

const text = z.string();
const optionalText = z.nullish(text);
const parent = { parent_tool_use_id: z.nullish(text) };

const ContentBlock = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text }),
  z.looseObject({ type: z.literal('thinking'), thinking: text }),
  z.looseObject({ type: z.literal('redacted_thinking') }),
  z.looseObject({
    type: z.literal('tool_use'),
    id: text,
    name: text,
    input: z.json(),
  }),
  z.looseObject({
    type: z.literal('server_tool_use'),
    id: text,
    name: text,
    input: z.json(),
  }),
]);
export type ContentBlock = z.infer<typeof ContentBlock>;

const ToolResult = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: text,
  is_error: z.nullish(z.boolean()),
  content: z.optional(z.union([text, z.array(z.looseObject({ type: text }))])),
});

const StreamEvent = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('message_start'),
    message: z.looseObject({ id: text }),
  }),
  z.looseObject({
    type: z.literal('content_block_start'),
    index: z.int(),
    content_block: z.looseObject({
      type: text,
      id: z.optional(text),
      name: z.optional(text),
    }),
  }),
  z.looseObject({
    type: z.literal('content_block_delta'),
    index: z.int(),
    delta: z.looseObject({
      type: text,
      text: z.optional(text),
      thinking: z.optional(text),
    }),
  }),
  z.looseObject({ type: z.literal('content_block_stop') }),
  z.looseObject({ type: z.literal('message_delta') }),
  z.looseObject({ type: z.literal('message_stop') }),
  z.looseObject({ type: z.literal('ping') }),
]);
export type StreamEvent = z.infer<typeof StreamEvent>;

const Usage = z.looseObject({
  input_tokens: z.nullish(z.number()),
  output_tokens: z.nullish(z.number()),
  cache_read_input_tokens: z.nullish(z.number()),
  cache_creation_input_tokens: z.nullish(z.number()),
});
export type Usage = z.infer<typeof Usage>;

const ModelUsage = z.looseObject({
  contextWindow: z.nullish(z.number()),
  costUSD: z.nullish(z.number()),
});

const System = z.looseObject({
  type: z.literal('system'),
  subtype: text,
  uuid: z.optional(text),
  session_id: z.optional(text),
  model: z.optional(text),
  permissionMode: optionalText,
  claude_code_version: z.optional(text),
  attempt: z.optional(z.number()),
  max_retries: z.optional(z.number()),
  retry_delay_ms: z.optional(z.number()),
  error_status: z.nullish(z.number()),
  error: optionalText,
  task_id: z.optional(text),
  tool_use_id: optionalText,
  task_type: optionalText,
  description: optionalText,
  status: optionalText,
  summary: optionalText,
  last_tool_name: optionalText,
  usage: z.nullish(z.looseObject({ total_tokens: z.nullish(z.number()), tool_uses: z.nullish(z.number()) })),
  compact_metadata: z.nullish(
    z.looseObject({
      trigger: optionalText,
      pre_tokens: z.nullish(z.number()),
      preserved_messages: z.nullish(z.looseObject({ uuids: z.nullish(z.array(text)) })),
    }),
  ),
});
export type System = z.infer<typeof System>;

const Result = z.looseObject({
  type: z.literal('result'),
  subtype: text,
  is_error: z.boolean(),
  uuid: z.optional(text),
  result: optionalText,
  errors: z.nullish(z.array(z.unknown())),
  terminal_reason: optionalText,
  duration_ms: z.optional(z.number()),
  total_cost_usd: z.optional(z.number()),
  usage: z.nullish(Usage),
  modelUsage: z.nullish(z.record(text, ModelUsage)),
  model_usage_since_last_result: z.nullish(z.record(text, ModelUsage)),
  origin: z.nullish(z.looseObject({ kind: text })),
});
export type Result = z.infer<typeof Result>;

const ControlRequest = z.looseObject({
  type: z.literal('control_request'),
  request_id: text,
  request: z.looseObject({
    subtype: text,
    tool_name: z.optional(text),
    input: z.optional(z.json()),
    tool_use_id: optionalText,
    description: optionalText,
    decision_reason: optionalText,
    blocked_path: optionalText,
    permission_suggestions: z.nullish(z.array(z.json())),
  }),
});
export type ControlRequest = z.infer<typeof ControlRequest>;

const AssistantLine = z.looseObject({
  type: z.literal('assistant'),
  ...parent,
  uuid: z.optional(text),
  /** Why the API failed; then the content is the CLI's own words about it. */
  error: optionalText,
  /** What a local slash command printed, before it was made a message; absent on the model's own words. */
  local_command_source: optionalText,
  message: z.looseObject({
    id: text,
    content: z.array(z.unknown()),
    model: z.optional(text),
    usage: z.nullish(Usage),
  }),
});
export type AssistantLine = z.infer<typeof AssistantLine>;

const UserLine = z.looseObject({
  type: z.literal('user'),
  ...parent,
  uuid: z.optional(text),
  isReplay: z.optional(z.boolean()),
  message: z.looseObject({
    content: z.union([text, z.array(z.looseObject({ type: text }))]),
  }),
  tool_use_result: z.optional(z.unknown()),
});
export type UserLine = z.infer<typeof UserLine>;

const CliLine = z.discriminatedUnion('type', [
  System,
  AssistantLine,
  UserLine,
  z.looseObject({
    type: z.literal('stream_event'),
    ...parent,
    /** On a `message_stop`: the stream broke off; what it had begun is void. */
    abandoned_blocks: z.optional(z.unknown()),
    event: StreamEvent,
  }),
  Result,
  ControlRequest,
  z.looseObject({
    type: z.literal('control_cancel_request'),
    request_id: text,
  }),
  z.looseObject({
    type: z.literal('control_response'),
    response: z.looseObject({
      subtype: text,
      request_id: text,
      response: z.optional(z.unknown()),
      error: optionalText,
    }),
  }),
  z.looseObject({
    type: z.literal('command_lifecycle'),
    command_uuid: text,
    state: text,
  }),
  z.looseObject({
    type: z.literal('rate_limit_event'),
    rate_limit_info: z.looseObject({
      status: text,
      resetsAt: z.nullish(z.number()),
      rateLimitType: optionalText,
      utilization: z.nullish(z.number()),
    }),
  }),
  z.looseObject({ type: z.literal('conversation_reset') }),
  z.looseObject({ type: z.literal('keep_alive') }),
]);
export type CliLine = z.infer<typeof CliLine>;

/** `known` where the line fits, otherwise what it holds (`kept`): parsed JSON, or the text itself. */
export function parseCliLine(
  line: string,
): { known: CliLine } | { kept: z.infer<ReturnType<typeof z.json>> } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kept: line };
  }
  const parsed = CliLine.safeParse(value);
  return parsed.success ? { known: parsed.data } : { kept: z.json().parse(value) };
}

export function parseBlock(block: unknown): ContentBlock | undefined {
  const parsed = ContentBlock.safeParse(block);
  return parsed.success ? parsed.data : undefined;
}

export function parseToolResult(block: unknown): z.infer<typeof ToolResult> | undefined {
  const parsed = ToolResult.safeParse(block);
  return parsed.success ? parsed.data : undefined;
}
