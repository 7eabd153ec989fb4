// On which port an app is found: what it prints, what its processes listen on, and who answers there. Pure but for the questions
// that it asks through its arguments. What is only printed is not believed: a port must belong to one of its own processes.
import type { ListeningPort, ProbePort } from '../ports/previews.ts';

const local = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{2,5})\b/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what ANSI sequences begin with
const ansi = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** Ports of addresses of this computer in a line of output, with or without colours in the middle of them. */
export function portsIn(line: string): readonly number[] {
  return [...line.replaceAll(ansi, '').matchAll(local)]
    .map((match) => Number(match[1]))
    .filter((port) => port > 0 && port < 65_536);
}

/** Where to look, best first: a port that was printed, then others in the order of their numbers. Inspectors come last. */
export function inOrder(
  listening: readonly ListeningPort[],
  printed: readonly number[],
): readonly ListeningPort[] {
  const rank = ({ port, host }: ListeningPort) => {
    const at = printed.indexOf(port);
    const isInspector = port >= 9229 && port <= 9239;
    return (at === -1 ? (isInspector ? 3000 : 1000) : at) + (host === '::1' ? 0.5 : 0);
  };
  return listening.toSorted((a, b) => rank(a) - rank(b) || a.port - b.port);
}

export interface App {
  readonly where: ListeningPort;
  /** On any of its addresses. */
  readonly isExposed: boolean;
}

/** The first that answers with a page, or else the first that answers at all. */
export async function findApp(options: {
  listening: readonly ListeningPort[];
  printed: readonly number[];
  probe: ProbePort;
  timeoutMs: number;
}): Promise<App | undefined> {
  const { listening, printed, probe, timeoutMs } = options;
  const found = (where: ListeningPort): App => ({
    where,
    isExposed: listening.some(({ port, isExposed }) => isExposed && port === where.port),
  });
  let other: ListeningPort | undefined;
  for (const where of inOrder(listening, printed)) {
    const answer = await probe(where, timeoutMs);
    if (!answer) continue;
    // 426 is a WebSocket server that wants to be asked for one: hot reloading has a port of its own sometimes.
    const isApp = answer.status !== 426 && (answer.isPage || printed.includes(where.port));
    if (isApp) return found(where);
    other ??= answer.status === 426 ? undefined : where;
  }
  return other && found(other);
}
