// What a person is told of a preview: its state in plain words, and what there is to do. Pure.
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';

export function stateWords({ state, reason }: PreviewSummary): string {
  switch (state) {
    case 'offered':
      return 'Claude has started it';
    case 'starting':
      return reason === '' ? 'Starting…' : 'Starting, slowly';
    case 'ready':
      return 'Ready';
    case 'crashed':
      return 'Has ended';
    case 'stopped':
      return 'Stopped';
    default:
      return state satisfies never;
  }
}

export function nameOf({ name, kind, appPort }: PreviewSummary): string {
  return kind === 'found' && appPort !== null ? `Port ${appPort}` : name;
}

/** What stands in the place of the page while there is none. */
export function insteadOfPage(preview: PreviewSummary): { readonly title: string; readonly words: string } {
  const { state, reason, kind, exitCode } = preview;
  switch (state) {
    case 'offered':
      return {
        title: 'Claude has started a server',
        words: 'Devices that may use Porchlight can look at it when you say so.',
      };
    case 'starting':
      return { title: 'Starting…', words: reason || 'It shows here as soon as it answers.' };
    case 'ready':
      return { title: 'Opening…', words: '' };
    case 'crashed': {
      const code = exitCode === null || reason.includes(`code ${exitCode}`) ? '' : ` (exit code ${exitCode})`;
      return { title: 'It has ended', words: `${reason || 'It gave no reason.'}${code}` };
    }
    case 'stopped':
      if (kind === 'found')
        return { title: 'Not shown', words: reason || 'It goes on running on the computer.' };
      return { title: 'Stopped', words: reason || 'Nothing runs on the computer for it.' };
    default:
      return state satisfies never;
  }
}

/** Up: it takes some of the computer. */
export function isUp({ state }: PreviewSummary): boolean {
  return state === 'starting' || state === 'ready';
}
