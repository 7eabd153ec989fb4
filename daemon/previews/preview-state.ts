// The life of one preview: what has happened to it, and what it is then. Pure; who starts, watches and ends processes is elsewhere.
import type { PreviewEvent, PreviewSummary } from '../protocol/previews.ts';

export type Happening =
  | { readonly type: 'started' }
  /** The app answers. */
  | { readonly type: 'answering'; readonly appPort: number | null; readonly isExposed: boolean }
  /** It runs, and has not answered for a while. */
  | { readonly type: 'silent'; readonly seconds: number; readonly ports: readonly number[] }
  /** By itself. */
  | {
      readonly type: 'ended';
      readonly code: number | null;
      readonly signal: string | null;
      readonly lastLines: readonly string[];
    }
  | { readonly type: 'couldNotStart'; readonly reason: string }
  /** Because somebody wanted it to. */
  | { readonly type: 'stopped'; readonly reason: string };

export type PreviewEventType = Exclude<PreviewEvent['type'], 'preview.forgotten'>;

export interface Step {
  readonly type: PreviewEventType;
  readonly preview: PreviewSummary;
}

/** Undefined when it makes no difference: a preview that is over hears nothing more of its process. */
export function next(preview: PreviewSummary, happening: Happening, at: number): Step | undefined {
  const { state } = preview;
  const isUp = state === 'starting' || state === 'ready';
  const fresh = { reason: '', exitCode: null, lastLines: [], appPort: null, isExposed: false, since: at };
  switch (happening.type) {
    case 'started':
      return isUp
        ? undefined
        : { type: 'preview.started', preview: { ...preview, ...fresh, state: 'starting' } };
    case 'answering': {
      const { appPort, isExposed } = happening;
      if (state === 'starting')
        return {
          type: 'preview.ready',
          preview: { ...preview, ...fresh, state: 'ready', appPort, isExposed },
        };
      const isSame = preview.appPort === appPort && preview.isExposed === isExposed && preview.reason === '';
      if (state !== 'ready' || isSame) return undefined;
      return { type: 'preview.changed', preview: { ...preview, appPort, isExposed, reason: '' } };
    }
    case 'silent': {
      const reason = silentWords(happening);
      if (!isUp || preview.reason === reason) return undefined;
      return { type: 'preview.changed', preview: { ...preview, reason } };
    }
    case 'ended': {
      if (!isUp) return undefined;
      const { code, signal, lastLines } = happening;
      const ended = { exitCode: code, reason: endWords(code, signal, lastLines), lastLines: [...lastLines] };
      return { type: 'preview.crashed', preview: { ...preview, ...fresh, ...ended, state: 'crashed' } };
    }
    case 'couldNotStart':
      return {
        type: 'preview.crashed',
        preview: { ...preview, ...fresh, state: 'crashed', reason: happening.reason },
      };
    case 'stopped':
      return isUp || state === 'offered'
        ? {
            type: 'preview.stopped',
            preview: { ...preview, ...fresh, state: 'stopped', reason: happening.reason },
          }
        : undefined;
    default:
      return happening satisfies never;
  }
}

function silentWords({ seconds, ports }: { seconds: number; ports: readonly number[] }): string {
  if (ports.length > 0) return `It listens on port ${ports.join(' and ')}, but answers no request there.`;
  return `It has opened no port in ${seconds} s. Its log may say why.`;
}

/** What people see most is said in words. */
function endWords(code: number | null, signal: string | null, lines: readonly string[]): string {
  const said = lines.join('\n');
  const port = /EADDRINUSE[^\n]*?:(\d{2,5})\b|[Pp]ort (\d{2,5}) is (?:already )?in use/.exec(said);
  if (port) return `Port ${port[1] ?? port[2]} is taken by another program.`;
  if (/EADDRINUSE|Address already in use|address already in use/.test(said))
    return 'Its port is taken by another program.';
  const missing =
    /(?:sh: (?:\d+: )?|command not found: |env: [‘']?)([\w.@/-]+)(?:: (?:command )?not found|[’']?: No such file)?/.exec(
      said,
    );
  if (code === 127 && missing?.[1])
    return `${missing[1]} was not found. Are the project’s packages installed?`;
  if (/Cannot find (?:module|package)|ModuleNotFoundError|ERR_MODULE_NOT_FOUND/.test(said))
    return 'Something that it needs is not installed.';
  if (signal !== null) return `It was ended by ${signal}.`;
  if (code === 0) return 'It ended by itself, without an error.';
  return code === null ? 'It ended while Porchlight was away.' : `It ended with code ${code}.`;
}
