// The routes under /api, the same over TLS and over the private socket; who is asking was settled before.
import express, { type Router } from 'express';
import type { Execute } from '../commands.ts';
import type { Uploads } from '../conversations/uploads.ts';
import type { Clock } from '../ports.ts';
import type { Presence } from '../ports/desktop.ts';
import { AppError } from '../protocol/errors.ts';
import { principalOf, requireScope } from './auth.ts';
import { eventsRoute, type FindLog } from './events-route.ts';
import { uploadsRoute } from './uploads-route.ts';

export interface ApiOptions {
  readonly execute: Execute;
  readonly findLog: FindLog;
  /** Page `number` of a conversation's items; undefined when there is none. */
  readonly findPage: (conversationId: string, number: number) => Promise<readonly unknown[] | undefined>;
  readonly uploads: Uploads;
  readonly clock: Clock;
  readonly presence: Pick<Presence, 'begin'>;
}

export function apiRoutes({ execute, findLog, findPage, uploads, clock, presence }: ApiOptions): Router {
  const router = express.Router();
  router.post(
    '/commands',
    express.json({ limit: '1mb', strict: true, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      if (typeof body !== 'object' || body === null || !('type' in body)) {
        throw new AppError('bad_request', 'Send a JSON object with a `type`, as application/json.');
      }
      response.json({ ok: true, result: await execute({ ...body }, principalOf(request)) });
    },
  );
  router.use('/uploads', uploadsRoute(uploads));
  router.get('/logs/:log/events', eventsRoute({ findLog, clock, presence }));
  router.get('/conversations/:id/pages/:number', async (request, response) => {
    requireScope(principalOf(request), 'read');
    const items = await findPage(request.params.id, Number(request.params.number));
    if (!items) throw new AppError('not_found');
    response.json({ ok: true, result: { items } });
  });
  router.use(() => {
    throw new AppError('not_found');
  });
  return router;
}
