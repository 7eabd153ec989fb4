import { describe, expect, it } from 'vitest';
import { type Place, pathOf, placeOf } from './route.ts';

const conversationId = '0190a5b2-7f3c-7d11-8a2e-1c2d3e4f5a6b';

const places: Record<string, Place> = {
  '/': { kind: 'now' },
  '/new': { kind: 'new' },
  [`/c/${conversationId}`]: { kind: 'conversation', conversationId },
  [`/preview/${conversationId}`]: { kind: 'preview', previewId: conversationId },
  '/p': { kind: 'pairPhone' },
  '/pair': { kind: 'pairComputer' },
  '/computer': { kind: 'enter' },
  '/trust': { kind: 'trust' },
  '/doctor': { kind: 'doctor' },
  '/settings': { kind: 'settings' },
};

describe('a path', () => {
  it.each(Object.entries(places))('%s means its place, and the place its path', (path, place) => {
    expect(placeOf(path)).toEqual(place);
    expect(pathOf(place)).toBe(path);
  });

  it.each(['/c/', '/c/../etc', `/c/${conversationId}/more`, '/C/x', '//evil.example', '/c/javascript:1'])(
    '%s is nowhere',
    (path) => {
      expect(placeOf(path)).toEqual({ kind: 'nowhere' });
    },
  );

  it('may end in a slash', () => {
    expect(placeOf('/pair/')).toEqual({ kind: 'pairComputer' });
  });
});
