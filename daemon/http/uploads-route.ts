// /api/uploads: files from a phone, resumable: POST announces one, HEAD tells how far it is, PATCH adds to it, DELETE drops it,
// GET gives it back. What is given back is data: never HTML or SVG in the page's origin, whatever its name or its content.
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Uploads } from '../conversations/uploads.ts';
import { Id } from '../protocol/command-parts.ts';
import { UploadId } from '../protocol/commands.ts';
import { AppError } from '../protocol/errors.ts';
import {
  announceUpload,
  isShownPicture,
  lengthHeader,
  offsetHeader,
  type UploadPlace,
} from '../protocol/uploads.ts';
import { principalOf, requireScope } from './auth.ts';

const oneUpload = '/:conversationId/:uploadId';

export function uploadsRoute(uploads: Uploads): Router {
  const router = express.Router();
  router.use(cutOffWhenRevoked);
  router.post(
    '/',
    express.json({ limit: '16kb', strict: true, inflate: false }),
    async (request, response) => {
      const parsed = announceUpload.input.safeParse(request.body);
      if (!parsed.success) throw new AppError('bad_request', 'Send {conversationId, name, size} as JSON.');
      response.json({ ok: true, result: await uploads.announce(parsed.data, userOf(request)) });
    },
  );
  router.head(oneUpload, async (request, response) => {
    const { offset, size } = await uploads.progress(placeOf(request), userOf(request));
    response.setHeader(offsetHeader, offset).setHeader(lengthHeader, size).end();
  });
  router.patch(oneUpload, async (request, response) => {
    const part = { deviceId: userOf(request), offset: offsetOf(request), chunks: request };
    try {
      const result = await uploads.append(placeOf(request), part);
      response.setHeader(offsetHeader, result.offset).json({ ok: true, result });
    } catch (error) {
      // The phone is gone: nobody is left to be told, and it will ask where to go on.
      if (!(error instanceof AppError) && request.destroyed && !request.complete) return;
      throw error;
    }
  });
  router.delete(oneUpload, async (request, response) => {
    await uploads.discard(placeOf(request), userOf(request));
    response.json({ ok: true, result: {} });
  });
  router.get(oneUpload, async (request, response) => {
    requireScope(principalOf(request), 'read');
    const { record, chunks } = await uploads.find(placeOf(request));
    const { name, size, kind } = record;
    const isShown = isShownPicture(kind.mediaType);
    response.setHeader('Content-Type', isShown ? kind.mediaType : 'application/octet-stream');
    response.setHeader('Content-Length', size);
    response.setHeader('Content-Disposition', disposition(isShown, name));
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    await sendOn(chunks(), response);
  });
  return router;
}

/** A file that is on its way to or from a device ends with the device. */
const cutOffWhenRevoked: RequestHandler = (request, response, next) => {
  const { revoked } = principalOf(request);
  const cutOff = () => request.socket.destroy();
  revoked.addEventListener('abort', cutOff);
  response.once('close', () => revoked.removeEventListener('abort', cutOff));
  next();
};

function userOf(request: Request): string {
  const principal = principalOf(request);
  requireScope(principal, 'use');
  return principal.deviceId;
}

function placeOf({ params }: Request): UploadPlace {
  const conversationId = Id.safeParse(params['conversationId']);
  const uploadId = UploadId.safeParse(params['uploadId']);
  if (!conversationId.success || !uploadId.success) throw new AppError('upload_not_found');
  return { conversationId: conversationId.data, uploadId: uploadId.data };
}

function offsetOf({ headers }: Request): number {
  const offset = headers[offsetHeader.toLowerCase()];
  if (typeof offset !== 'string' || !/^\d{1,15}$/.test(offset))
    throw new AppError('bad_request', `${offsetHeader} must be a whole number, 0 or more.`);
  return Number(offset);
}

function disposition(isShown: boolean, name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${isShown ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** As fast as it is taken; ends when nobody takes it any more. */
async function sendOn(chunks: AsyncIterable<Uint8Array>, response: Response): Promise<void> {
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}
