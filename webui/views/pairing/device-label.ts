// What a device calls itself on the computer's list, from what its browser says of itself. Pure.

/** `Safari on iPhone`, `Chrome on Android`. */
export function deviceLabel(userAgent: string): string {
  return `${browserOf(userAgent)} on ${machineOf(userAgent)}`;
}

function machineOf(userAgent: string): string {
  const known: readonly [RegExp, string][] = [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/CrOS/, 'Chromebook'],
    [/Macintosh/, 'Mac'],
    [/Windows/, 'Windows'],
    [/Linux/, 'Linux'],
  ];
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'a device';
}

/** Most browsers claim to be several; the first of these that fits is what people call it. */
function browserOf(userAgent: string): string {
  const known: readonly [RegExp, string][] = [
    [/Firefox|FxiOS/, 'Firefox'],
    [/Edg/, 'Edge'],
    [/OPR|Opera/, 'Opera'],
    [/SamsungBrowser/, 'Samsung Internet'],
    [/Chrome|CriOS|Chromium/, 'Chrome'],
    [/Safari/, 'Safari'],
  ];
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Browser';
}
