// The route map, and the two listeners that use it: TLS for phones and browsers, the private socket for the person's own
// command line. There is no plain HTTP listener on the network.
import { chmod } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import express, { type Express } from 'express';
import type { Principal } from '../pairing/devices.ts';
import type { Logger } from '../ports.ts';
import type { Certificates } from '../ports/certificates.ts';
import { AppError } from '../protocol/errors.ts';
import { type ApiOptions, apiRoutes } from './api.ts';
import type { Assets } from './assets.ts';
import { asOwner, limitStrangers, requireToken } from './auth.ts';
import { type AuthOptions, authRoutes } from './auth-routes.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { errorReply, lastErrorHandler, rawRefusal } from './errors.ts';
import { framePage } from './frame-page.ts';
import { checkOutside, rememberHosts, visitorOf } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { closingMs, listen, type Listener } from './listener.ts';
import type { Sockets } from './socket.ts';
import { createStrangers, type StrangerLimits, strangerLimits, type Strangers } from './strangers.ts';
import { choosesByName, followCertificates, secureOptions } from './tls.ts';
import { trustRoutes } from './trust-routes.ts';

const maxConnections = 2048;

export interface PublicOptions extends AuthOptions {
  readonly api: ApiOptions;
  readonly assets: Assets;
  readonly sockets: Sockets;
  readonly certificates: Certificates;
  readonly logger: Logger;
  /** Whether a preview is shown on this port. */
  readonly isPreviewPort: (port: number) => boolean;
  /** Where they are other than usual. */
  readonly limits: Partial<DoorLimits>;
}

/** What is asked of a connection, whoever it is, and of those that have not signed in. */
export interface DoorLimits extends StrangerLimits {
  readonly handshakeMs: number;
  /** For a request's head; the next request's too, on a connection that is kept. */
  readonly headersMs: number;
  /** How often Node looks for those that took longer. */
  readonly checkMs: number;
}

const usualLimits: DoorLimits = {
  ...strangerLimits,
  ...{ handshakeMs: 10_000, headersMs: 5000, checkMs: 1000 },
};

/** Rejects with the system's error (`EADDRINUSE`, say). Port 0 takes a free one. */
export async function listenPublic(given: PublicOptions & { host: string; port: number }): Promise<Listener> {
  const options = { ...given, guard: rememberHosts(given.guard, given.clock) };
  const { certificates } = options;
  const limits = { ...usualLimits, ...options.limits };
  const strangers = createStrangers(limits, options.clock, (request) => visitorOf(request, options.guard));
  const times = { handshakeTimeout: limits.handshakeMs, connectionsCheckingInterval: limits.checkMs };
  const secure = { ...secureOptions(certificates.shown.usual), SNICallback: choosesByName(certificates) };
  const server = createHttps({ ...secure, ...times }, publicApp(options, strangers));
  server.once('close', followCertificates(server, certificates));
  server.headersTimeout = limits.headersMs;
  server.keepAliveTimeout = limits.headersMs;
  server.requestTimeout = 60_000;
  server.maxConnections = maxConnections;
  server.on('connection', strangers.meet);
  server.on('secureConnection', strangers.secured);
  answerBrokenRequests(server, options.clock);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      if (!strangers.ask(request)) return;
      checkOutside(request, options.guard);
      if (request.url !== '/api/socket') throw new AppError('not_found');
      options.sockets.upgrade(request, socket, head, strangers.find(socket));
    } catch (error) {
      socket.end(rawRefusal(errorReply(error, options.logger).error.code));
      socket.once(
        'close',
        options.clock.after(closingMs, () => socket.destroy()),
      );
    }
  });
  return listen(server, { host: options.host, port: options.port }, options.clock);
}

export async function listenPrivate(options: {
  api: ApiOptions;
  owner: Principal;
  logger: Logger;
  path: string;
}): Promise<Listener> {
  const app = bareApp();
  app.use('/api', asOwner(options.owner), apiRoutes(options.api));
  app.use(lastErrorHandler(options.logger));
  const listener = await listen(createHttp(app), { path: options.path }, options.api.clock);
  await chmod(options.path, 0o600);
  return listener;
}

function publicApp(options: PublicOptions, strangers: Strangers): Express {
  const { guard, access, assets, api, certificates, logger } = options;
  const app = bareApp();
  const door = { access, strangers, guard };
  app.use(limitStrangers(door));
  app.use(securityHeaders());
  app.use((request, _response, next) => {
    checkOutside(request, guard);
    next();
  });
  app.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok');
  });
  app.use('/auth', authRoutes(options));
  app.use('/api', requireToken(door), apiRoutes(api));
  app.use('/trust', trustRoutes(certificates));
  app.get('/frame/:port', framePage(options.isPreviewPort));
  app.use(assets.serve);
  app.use(lastErrorHandler(logger));
  return app;
}

function bareApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.set('etag', false);
  return app;
}
