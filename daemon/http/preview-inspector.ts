// The inspector of previewed pages: where its script lies, and the tag that puts it into a page. Only for a page that is shown in a
// frame, and only for a session that asked for it. What the script does is in preview-inspector-script.ts.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '../previews/access.ts';
import { inspectorScript } from './preview-inspector-script.ts';

const path = '/__porchlight/inspect.js';

/** `app`: the origin of Porchlight's own app, the only one that the script speaks with. Empty for what gets no script. */
export function inspectorTag({ headers }: IncomingMessage, { inspect }: Session, app: string): string {
  return inspect && headers['sec-fetch-dest'] === 'iframe'
    ? `<script src="${path}" data-app="${app}"></script>`
    : '';
}

/** Answers a request for the script itself; false for any other. */
export function serveInspector(
  { url }: IncomingMessage,
  { inspect }: Session,
  response: ServerResponse,
): boolean {
  if (!inspect || url !== path) return false;
  response.writeHead(200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(inspectorScript);
  return true;
}
