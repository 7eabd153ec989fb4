// Makes a recorded session the same each time it is recorded, and small: ids are counted, times stand still, folders have one
// name, and the long lists in which the CLI says what it has are emptied (nothing that is translated reads them). Pure.

const idKinds: readonly (readonly [RegExp, (count: number) => string])[] = [
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (n) => `00000000-0000-4000-8000-${pad(n, 12)}`],
  [/\bmsg_[0-9a-f]{24}\b/g, (n) => `msg_${pad(n, 4)}`],
  [/\btoolu_[0-9a-f]{24}\b/g, (n) => `toolu_${pad(n, 4)}`],
  [/\breq_[0-9a-f]{24}\b/g, (n) => `req_${pad(n, 4)}`],
  // Agents and shells in the background.
  [/(?<="task_id":")[a-z0-9]+(?=")/g, (n) => `task${pad(n, 4)}`],
];

const fixed: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '2026-01-01T00:00:00.000Z'],
  [/("(?:[a-z_]*_ms|[a-zA-Z]*DurationMs|durationMs|delayMs)":)\d+(?:\.\d+)?/g, '$1100'],
  [/("(?:resetsAt|start_time|end_time|mtimeMs)":)\d+(?:\.\d+)?/g, '$11800000000'],
  [/("pid":)\d+/g, '$11000'],
  // Pieces of a tool's input as it is written, cut anywhere; the whole comes after them and only that is translated.
  [/("partial_json":")(?:[^"\\]|\\.)*(")/g, '$1…$2'],
  [/\bporchlight-[a-z0-9]+-(\d+)\b/g, 'porchlight-$1'],
  [/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:4000'],
  [/\/cc-socks\/\d+/g, '/cc-socks/1000'],
  [/\/plans\/[\w-]+\.md/g, '/plans/plan.md'],
  [/resets \d+(?::\d+)?[ap]m/g, 'resets 9am'],
];

/** Lists in `system/init` and in the answer to `initialize`: tools, commands and so on. */
const lists =
  /"(tools|slash_commands|terminal_slash_commands|agents|skills|plugins|capabilities|commands|models)":\[/;

/** `folders`: what a folder is called here, and its name in the transcript; the inner ones first. */
export function neutral(texts: readonly string[], folders: readonly (readonly [string, string])[]): string[] {
  let all = texts.join(separator);
  for (const [folder, name] of folders) {
    all = all.replaceAll(folder, name).replaceAll(slugOf(folder), slugOf(name));
  }
  for (const [pattern, nameOf] of idKinds) {
    const found = [...new Set([...all.matchAll(pattern)].map(([id]) => id))];
    const names = new Map(found.map((id, index) => [id, nameOf(index + 1)]));
    if (found.length > 0) all = all.replaceAll(new RegExp(found.join('|'), 'g'), (id) => names.get(id) ?? id);
  }
  for (const [pattern, replacement] of fixed) all = all.replaceAll(pattern, replacement);
  return all.split(separator);
}

/** One line of the CLI without its long lists. */
export function shortened(line: string): string {
  if (!lists.test(line)) return line;
  const value = JSON.parse(line);
  if (value.type === 'system' && value.subtype === 'init') return JSON.stringify(withoutLists(value));
  const told = value.response?.response;
  if (value.type !== 'control_response' || typeof told !== 'object') return line;
  return JSON.stringify({ ...value, response: { ...value.response, response: withoutLists(told) } });
}

function withoutLists(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, field]) =>
    Array.isArray(field) && lists.test(`"${name}":[`) ? [name, []] : [name, field],
  );
  return Object.fromEntries(entries);
}

const separator = '\n\u0000\n';
const pad = (count: number, width: number): string => String(count).padStart(width, '0');
/** How the CLI names the folder it keeps a project's sessions in. */
const slugOf = (folder: string): string => folder.replaceAll(/[^a-zA-Z0-9]/g, '-');
