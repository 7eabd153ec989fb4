// The ways to say how long a request's body is, right ones and those that two servers read differently. Some hide a second
// request in the body: nobody may ever answer it. Pure.

export const oddFramings = [
  ...(['chunked', 'none', 'short', 'long', 'negative', 'both', 'two lengths'] as const),
  ...(['te spelled', 'bad chunk', 'lf only'] as const),
];
export type Framing = 'length' | (typeof oddFramings)[number];

const hidden = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

export function frame(framing: Framing, body: string): { lines: string[]; body: string; hides: boolean } {
  const length = Buffer.byteLength(body);
  const chunk = `${length.toString(16)}\r\n${body}\r\n`;
  const chunks = length === 0 ? '0\r\n\r\n' : `${chunk}0\r\n\r\n`;
  const te = 'Transfer-Encoding: chunked';
  const as = (lines: string[], sent: string) => ({ lines, body: sent, hides: false });
  const hiding = (lines: string[], sent: string) => ({ lines, body: sent, hides: true });
  switch (framing) {
    case 'length':
    case 'lf only':
      return as([`Content-Length: ${length}`], body);
    case 'chunked':
      return as([te], chunks);
    case 'none':
      return as([], body);
    case 'short':
      return as([`Content-Length: ${Math.floor(length / 2)}`], body);
    case 'long':
      return as([`Content-Length: ${length + 100}`], body);
    case 'negative':
      return as(['Content-Length: -1'], body);
    case 'both':
      return hiding([`Content-Length: ${4 + hidden.length + 1}`, te], `0\r\n\r\n${hidden}`);
    case 'two lengths':
      return hiding(['Content-Length: 0', `Content-Length: ${hidden.length}`], hidden);
    case 'te spelled':
      return hiding(
        [`Content-Length: ${hidden.length + 5}`, 'Transfer-Encoding: xchunked, identity'],
        `0\r\n\r\n${hidden}`,
      );
    case 'bad chunk':
      return hiding([te], `0\nX: y\r\n\r\n${hidden}`);
    default:
      return framing satisfies never;
  }
}
