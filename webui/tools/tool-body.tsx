// What a tool call did, as far as it is told: chosen by tool. Loaded when the first one opens.
import { KeyValue } from './key-value.tsx';
import type { ToolCallProps } from './tool-call.tsx';

export function ToolBody({ item }: ToolCallProps) {
  return <KeyValue value={item.input} />;
}
