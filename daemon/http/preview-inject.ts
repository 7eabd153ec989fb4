// Puts one script before all others of a page that streams by: right behind `<head>`, or as early as it may stand without changing
// how the page is understood. Only so much is held back as it takes to find that place.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Injection } from './preview-forward.ts';

const maxHeld = 64 * 1024;

/** Puts these tags into whatever is asked for as a page. */
export function injectTags(tags: string): Injection {
  return {
    isFor({ headers, method }) {
      const dest = headers['sec-fetch-dest'];
      if (method !== 'GET' && method !== 'POST') return false;
      if (dest !== undefined) return dest === 'document' || dest === 'iframe';
      return headers.accept?.includes('text/html') === true;
    },
    through: (answer, response, headers) => injectScript({ answer, response, headers, script: tags }),
  };
}

export function injectScript(options: {
  answer: IncomingMessage;
  response: ServerResponse;
  /** Raw, without framing. */
  headers: readonly string[];
  script: string;
}): void {
  const { answer, response, headers, script } = options;
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2)
    if (!/^(content-length|etag|last-modified|cache-control|accept-ranges)$/i.test(headers[at] ?? ''))
      kept.push(headers[at] ?? '', headers[at + 1] ?? '');
  // Another session of the same browser may go without the script.
  response.writeHead(response.statusCode, [...kept, 'Cache-Control', 'no-store']);
  response.flushHeaders();
  let held: Buffer | undefined = Buffer.alloc(0);

  const release = (page: Buffer) => {
    const at = placeIn(page.toString('latin1'));
    held = undefined;
    response.write(Buffer.concat([page.subarray(0, at.index), Buffer.from(script), page.subarray(at.index)]));
  };
  answer.on('data', (chunk: Buffer) => {
    if (held === undefined) {
      if (!response.write(chunk)) answer.pause();
      return;
    }
    held = Buffer.concat([held, chunk]);
    if (placeIn(held.toString('latin1')).isSure || held.length > maxHeld) release(held);
  });
  response.on('drain', () => answer.resume());
  answer.on('end', () => {
    if (held !== undefined) release(held);
    response.end();
  });
}

/** Found in bytes as they are: the tags are ASCII in every encoding that pages are sent in. */
export function placeIn(page: string): { readonly index: number; readonly isSure: boolean } {
  const start =
    /^(?:\s|<!--[\s\S]*?-->|<!doctype[^>]*>|<html\b[^>]*>|\xef\xbb\xbf)*/i.exec(page)?.[0].length ?? 0;
  const head = /^<head\b[^>]*>/i.exec(page.slice(start));
  if (head) return { index: start + head[0].length, isSure: true };
  // Some tag begins that is none of these: before it.
  const isSure = /^<(?!h(e(a(d)?)?|t(m(l)?)?)?$|!|head\b|html\b)[a-z]/i.test(page.slice(start));
  return { index: start, isSure };
}
