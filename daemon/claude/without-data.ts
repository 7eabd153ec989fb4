// A tool's structured result without the bytes of pictures and PDFs in it, which can be megabytes of base64. Pure.
// Where they stand: `file.base64` of Read, `data` of image blocks (the API's and MCP's), a data URL as the output of Bash.
import type * as z from 'zod/mini';

type Json = z.infer<ReturnType<typeof z.json>>;

export function withoutData(value: Json): Json {
  if (typeof value === 'string') return /^data:[\w/+.-]+;base64,/.test(value) ? '' : value;
  if (Array.isArray(value)) return value.map(withoutData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isData(name, value) ? '' : withoutData(field)]),
  );
}

function isData(name: string, owner: { readonly [field: string]: Json }): boolean {
  if (typeof owner[name] !== 'string') return false;
  if (name === 'base64' || name === 'blob') return true;
  const isBinary = owner['type'] === 'base64' || owner['type'] === 'image' || owner['type'] === 'audio';
  return name === 'data' && isBinary;
}
