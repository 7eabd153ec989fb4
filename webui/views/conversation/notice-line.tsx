// Something that the computer has to say in between.
import type { NoticeItem } from '../../../daemon/protocol/view.ts';

export function NoticeLine({ notice }: { notice: NoticeItem }) {
  return (
    <p
      class={`notice-line ${notice.severity}`}
      role={notice.severity === 'info' ? undefined : 'alert'}
      dir="auto"
    >
      {notice.text}
    </p>
  );
}
