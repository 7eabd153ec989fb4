// A turning point of the conversation: a quiet line across, with what happened there.
import type { MarkItem } from '../../../daemon/protocol/view.ts';

export function MarkLine({ mark }: { mark: MarkItem }) {
  return <p class="mark-line">{wordsOf(mark)}</p>;
}

function wordsOf({ mark, paths = [], tokensBefore }: MarkItem): string {
  switch (mark) {
    case 'compacted':
      return tokensBefore === undefined
        ? 'What was said so far is now a summary'
        : `What was said so far (${Math.round(tokensBefore / 1000)}k tokens) is now a summary`;
    case 'cleared':
      return 'Claude starts afresh from here';
    case 'wentBack':
      return 'Claude went back to here';
    case 'forked':
      return 'A conversation of its own from here';
    case 'restored':
      return paths.length === 1 ? 'One file was put back' : `${paths.length} files were put back`;
    default:
      return mark satisfies never;
  }
}
