// The last word on every failed request: a refusal gets its code, status and sentence; anything else is a bug of ours, which
// is logged with its stack and told without it.
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from '../ports.ts';
import type { Reply } from '../protocol/commands.ts';
import { AppError, type ErrorCode, refusals } from '../protocol/errors.ts';
import { permissionsPolicy } from './headers.ts';

export function errorReply(error: unknown, logger: Logger): Extract<Reply, { ok: false }> {
  const refusal = error instanceof AppError ? error : bodyError(error);
  if (refusal) return { ok: false, error: { code: refusal.code, message: refusal.message } };
  logger.error('a request failed', error);
  const code = codeOfSystem(error);
  return { ok: false, error: { code, message: refusals[code].sentence } };
}

export function sendError(response: Response, error: unknown, logger: Logger): void {
  const reply = errorReply(error, logger);
  if (response.headersSent) response.destroy();
  else {
    const { status, ...hints } = refusals[reply.error.code];
    if ('retryAfterS' in hints) response.setHeader('Retry-After', hints.retryAfterS);
    response.status(status).json(reply);
  }
}

/** The same for a connection that no express answer can be given to: it closes behind this. */
export function rawRefusal(code: ErrorCode, more: readonly string[] = []): string {
  const { status, sentence, ...hints } = refusals[code];
  const body = JSON.stringify({ ok: false, error: { code, message: sentence } });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    ...('retryAfterS' in hints ? [`Retry-After: ${hints.retryAfterS}`] : []),
    ...['Connection: close', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`],
    ...['Cache-Control: no-store', 'X-Content-Type-Options: nosniff', 'Referrer-Policy: no-referrer'],
    ...["Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"],
    ...['Cross-Origin-Opener-Policy: same-origin', 'Cross-Origin-Resource-Policy: same-origin'],
    `Permissions-Policy: ${permissionsPolicy}`,
    ...more,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

export function lastErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => sendError(response, error, logger);
}

/** What the system says of a file is no mistake of ours, though nobody on the way here knew what to do about it. */
function codeOfSystem(error: unknown): 'disk_full' | 'disk_failed' | 'internal' {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return 'internal';
  return error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'disk_full' : 'disk_failed';
}

/** What express itself refuses: a body that is too large or no JSON, an address that cannot be decoded; or nested too deep. */
function bodyError(error: unknown): AppError | undefined {
  if (error instanceof RangeError) return new AppError('bad_request', 'The request is nested too deep.');
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  if (error.status === 413) return new AppError('too_large');
  if (error.status === 415) return new AppError('bad_request', 'Send the body as plain application/json.');
  return error.status === 400 ? new AppError('bad_request', 'The body is not valid JSON.') : undefined;
}
