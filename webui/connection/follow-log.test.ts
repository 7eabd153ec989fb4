import { describe, expect, it } from 'vitest';
import { fold } from '../../daemon/protocol/fold.ts';
import { type ConversationView, emptyView } from '../../daemon/protocol/view.ts';
import { followLog } from './follow-log.ts';

const log = '0190a5b2-7f3c-7d11-8a2e-1c2d3e4f5a6b';
const follow = () => followLog({ log, empty: emptyView, fold, parse: (view) => view as ConversationView });
const notice = (id: number) => ({ id, at: id, type: 'notice.raised', severity: 'info', text: `n${id}` });
const words = (view: ConversationView) =>
  view.pages.flat().map((item) => (item.kind === 'notice' ? item.text : item.kind));

describe('a followed log', () => {
  it('draws nothing over a gap and stays at its cursor', () => {
    const followed = follow();
    expect(followed.read({ type: 'events', log, events: [notice(1)] }, 'e1')).toBe(true);
    expect(followed.read({ type: 'events', log, events: [notice(3)] }, 'e1')).toBe(false);

    expect(words(followed.view.value)).toEqual(['n1']);
    expect(followed.cursor()).toEqual({ after: 1, epoch: 'e1', snapshot: true });
  });

  it('takes an event that comes again only once', () => {
    const followed = follow();
    followed.read({ type: 'events', log, events: [notice(1), notice(2)] }, 'e1');
    followed.read({ type: 'events', log, events: [notice(2), notice(3)] }, 'e1');

    expect(words(followed.view.value)).toEqual(['n1', 'n2', 'n3']);
  });

  it('goes on over deltas that were folded away', () => {
    const followed = follow();
    followed.read({ type: 'events', log, events: [notice(1)] }, 'e1');
    const folded = { id: 4, at: 4, type: 'deltas.folded', from: 2, to: 4 };

    expect(followed.read({ type: 'events', log, events: [folded, notice(5)] }, 'e1')).toBe(true);
    expect(words(followed.view.value)).toEqual(['n1', 'n5']);
  });

  it('forgets everything at a reset and stands at the new epoch', () => {
    const followed = follow();
    followed.read({ type: 'events', log, events: [notice(1)] }, 'e1');
    followed.read({ type: 'live', log, head: 1 }, 'e1');
    followed.read({ type: 'reset', log, epoch: 'e2' }, 'e2');

    expect(words(followed.view.value)).toEqual([]);
    expect(followed.state.value).toBe('loading');
    expect(followed.cursor()).toEqual({ after: 0, epoch: 'e2', snapshot: true });
  });

  it('starts from a snapshot and goes on behind it', () => {
    const followed = follow();
    const view = fold(emptyView, notice(1));
    followed.read({ type: 'snapshot', log, epoch: 'e1', view: { ...view, last: 7 } }, 'e1');
    followed.read({ type: 'events', log, events: [notice(8)] }, 'e1');
    followed.read({ type: 'live', log, head: 8 }, 'e1');

    expect(words(followed.view.value)).toEqual(['n1', 'n8']);
    expect(followed.state.value).toBe('live');
  });
});
