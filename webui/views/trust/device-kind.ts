// Which steps a device needs, from what its browser says of itself. Pure.

export type DeviceKind = 'iphone' | 'android' | 'computer';

/** An iPad calls itself a Mac; only its touch screen gives it away. */
export function deviceKind(userAgent: string, touchPoints: number): DeviceKind {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'iphone';
  if (/Macintosh/.test(userAgent) && touchPoints > 1) return 'iphone';
  return /Android/.test(userAgent) ? 'android' : 'computer';
}

/** On an iPhone only Safari hands profiles to the settings; in Android’s Firefox the system’s authorities do not count. */
export function unfitBrowser(userAgent: string, kind: DeviceKind): string {
  if (kind === 'iphone' && /CriOS|FxiOS|EdgiOS|OPiOS|GSA\//.test(userAgent))
    return 'Open this page in Safari: only Safari can hand the profile to the settings.';
  if (kind === 'android' && /Firefox/.test(userAgent))
    return 'Firefox on Android does not ask the phone whom it trusts. Use Chrome, or another browser.';
  return '';
}
