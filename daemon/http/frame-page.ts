// The page in which the app shows a preview: empty, without a script, its policy lets it frame that one preview's origin and nothing
// else. So the app's own policy names no preview, and need not change when one comes while it is open. Knows no preview's state.
import type { RequestHandler } from 'express';
import { AppError } from '../protocol/errors.ts';

const page =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title><body></body></html>\n';

/** Of GET /frame/:port. The Host was checked before; `isPreviewPort` says whether a preview has that port. */
export function framePage(isPreviewPort: (port: number) => boolean): RequestHandler<{ port: string }> {
  return (request, response) => {
    const { port } = request.params;
    if (!/^\d{4,5}$/.test(port) || !isPreviewPort(Number(port))) throw new AppError('not_found');
    const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none';frame-src https://${host}:${port};frame-ancestors 'self';base-uri 'none';` +
        "form-action 'none';require-trusted-types-for 'script'",
    );
    response.type('html').send(page);
  };
}
