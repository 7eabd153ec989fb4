// The line that takes a session up in a terminal. Pure. Made to be pasted into a shell, so the path is quoted whatever it holds.

export function terminalCommand(cwd: string, sessionId: string): string {
  return `cd ${quoted(cwd)} && claude --resume ${sessionId}`;
}

function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
