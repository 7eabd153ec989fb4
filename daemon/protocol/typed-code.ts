// The pairing code that is typed where a camera is of no use: eight letters of Crockford's alphabet, 40 bits, and all the ways
// in which people write them.

/** Without I, L, O and U: nobody has to tell them from others. */
export const typedAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const typedLength = 8;

/** As it is shown: `ABCD-EFGH`. */
export function typedShown(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What was meant by what was typed; undefined when it can be no code, so that it costs no try. */
export function typedMeant(text: string): string | undefined {
  const code = text
    .toUpperCase()
    .replaceAll(/[\s\-–—_.]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode = code.length === typedLength && [...code].every((letter) => typedAlphabet.includes(letter));
  return isCode ? code : undefined;
}
