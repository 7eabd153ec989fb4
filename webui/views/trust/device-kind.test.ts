import { expect, it } from 'vitest';
import { deviceKind, unfitBrowser } from './device-kind.ts';

const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1';
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15';
const chrome = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36';
const firefox = 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0';
const chromeOnIphone = safari.replace('Version/18.1', 'CriOS/131.0');

it.each([
  ['iphone', safari, 5],
  ['iphone', mac, 5],
  ['computer', mac, 0],
  ['android', chrome, 5],
  ['computer', 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 0],
] as const)('%s', (kind, userAgent, touchPoints) => {
  expect(deviceKind(userAgent, touchPoints)).toBe(kind);
});

it('says which browser to take where this one cannot do it', () => {
  expect(unfitBrowser(safari, 'iphone')).toBe('');
  expect(unfitBrowser(chrome, 'android')).toBe('');
  expect(unfitBrowser(chromeOnIphone, 'iphone')).toContain('Safari');
  expect(unfitBrowser(firefox, 'android')).toContain('Chrome');
});
