import { describe, expect, it } from 'vitest';
import { readEntry } from './entry-fragment.ts';

const daemonId = 'ABCDEFGHIJKLMNOPQRST';

describe('the fragment of the page', () => {
  it('lets a phone in that scanned the code', () => {
    expect(readEntry('/p', `#v=1&c=0123456789abcdef&d=${daemonId}`)).toEqual({
      kind: 'phone',
      code: '0123456789abcdef',
      daemonId,
    });
  });

  it('lets the computer in with its ticket and sends it on', () => {
    expect(readEntry('/computer', `#t=ticket&d=${daemonId}&to=%2Fc%2Fx`)).toEqual({
      kind: 'computer',
      ticket: 'ticket',
      daemonId,
      to: '/c/x',
    });
  });

  it('never sends on to another site', () => {
    expect(readEntry('/computer', `#t=ticket&d=${daemonId}&to=%2F%2Fevil.example`)).toMatchObject({
      to: '/pair',
    });
  });

  it.each([
    ['/', `#v=1&c=0123456789abcdef&d=${daemonId}`],
    ['/p', '#v=2&c=0123456789abcdef'],
    ['/computer', '#to=/pair'],
  ])('means nothing at %s%s', (path, hash) => {
    expect(readEntry(path, hash)).toBeUndefined();
  });
});
