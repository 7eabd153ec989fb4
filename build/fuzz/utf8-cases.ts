// Sequences of bytes that are UTF-8, and such that look like it (after Markus Kuhn's decoder stress test, as Autobahn's cases
// 6.5 to 6.23 have them). Pure.

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const list = (text: string) => text.trim().split(/\s+/).map(hex);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const firstAndSpace = (from: number, to: number) =>
  Buffer.from(range(from, to).flatMap((byte) => [byte, 0x20]));

const kosme = hex('ceba e1bdb9 cf83 cebc ceb5');
/** Where a code point of it ends. */
const kosmeEnds = [2, 5, 7, 9, 11];
const incomplete = list('c0 e080 f08080 f8808080 fc80808080 df efbf f7bfbf fbbfbfbf fdbfbfbfbf');

/** Autobahn's number → sequences that must come through as they are. */
export const goodUtf8: Readonly<Record<string, readonly Buffer[]>> = {
  '6.5': [kosme, Buffer.from('Hello-µ@ßöäüàá-UTF-8!!')],
  '6.6 whole': kosmeEnds.map((end) => kosme.subarray(0, end)),
  '6.7': list('20 c280 e0a080 f0908080'),
  '6.9': list('7f dfbf efbfbf f48fbfbf'),
  '6.11': list('ed9fbf ee8080 efbfbd f48fbfbf'),
  '6.22': [
    ...list('efbfbe efbfbf'),
    ...range(1, 16).flatMap((plane) =>
      [0xfffe, 0xffff].map((last) => Buffer.from(String.fromCodePoint(plane * 0x10000 + last))),
    ),
  ],
  '6.23': range(0xfff9, 0xffff).map((point) => Buffer.from(String.fromCodePoint(point))),
};

/** Autobahn's number → sequences that must end the socket with 1007. */
export const badUtf8: Readonly<Record<string, readonly Buffer[]>> = {
  '6.3': [Buffer.concat([kosme, hex('eda080'), Buffer.from('edited')])],
  '6.4': [Buffer.concat([kosme, hex('f4908080'), Buffer.from('edited')])],
  '6.6 cut': range(1, 10)
    .filter((end) => !kosmeEnds.includes(end))
    .map((end) => kosme.subarray(0, end)),
  '6.8': list('f888808080 fc8480808080'),
  '6.10': list('f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf'),
  '6.11 beyond': list('f4908080'),
  '6.12': [...list('80 bf 80bf 80bf80 80bf80bf 80bf80bf80 80bf80bf80bf'), Buffer.from(range(0x80, 0xbf))],
  '6.13': [
    ...[firstAndSpace(0xc0, 0xdf), firstAndSpace(0xe0, 0xef), firstAndSpace(0xf0, 0xf7)],
    ...[firstAndSpace(0xf8, 0xfb), firstAndSpace(0xfc, 0xfd)],
  ],
  '6.14': incomplete,
  '6.15': [Buffer.concat(incomplete)],
  '6.16': list('fe ff fefeffff'),
  '6.17': list('c0af e080af f08080af f8808080af fc80808080af'),
  '6.18': list('c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf'),
  '6.19': list('c080 e08080 f0808080 f880808080 fc8080808080'),
  '6.20': list('eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf'),
  '6.21': list(`eda080edb080 eda080edbfbf edadbfedb080 edadbfedbfbf
    edae80edb080 edae80edbfbf edafbfedb080 edafbfedbfbf`),
};
