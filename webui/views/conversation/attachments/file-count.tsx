// How many files a waiting message has, where there is one line for it.
import { Paperclip } from 'lucide';
import { Icon } from '../../../tools/icon.tsx';

export function FileCount({ count }: { count: number }) {
  return (
    <span class="file-count">
      <Icon of={Paperclip} />
      {count}
      <span class="spoken">{count === 1 ? ' file' : ' files'}</span>
    </span>
  );
}
