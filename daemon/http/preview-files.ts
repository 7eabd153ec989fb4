// A folder of finished pages, served as it is: nothing hidden, nothing outside of it, ranges and all. What is no file is the app's
// own path, as a page that finds its way by itself expects.
import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { extname, join, relative } from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import { placeIn } from './preview-inject.ts';

export interface PreviewFilesOptions {
  /** Who may show it in a frame. */
  readonly frameAncestor: (request: IncomingMessage) => string;
  /** What is put into a page before all of its own scripts; mostly empty. */
  readonly tags: (request: IncomingMessage) => string;
}

export function createPreviewFiles(root: string, { frameAncestor, tags }: PreviewFilesOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.status(405).end();
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
    response.setHeader('Origin-Agent-Cluster', '?1');
    response.setHeader('Content-Security-Policy', `frame-ancestors 'self' ${frameAncestor(request)}`);
    serve(request, response).catch(next);
  });

  async function serve(request: Request, response: Response): Promise<void> {
    const file = await fileFor(request.path, request.headers.accept?.includes('text/html') === true);
    if (file === undefined) return void response.status(404).type('text/plain').send('Not found\n');
    const added = /\.html?$/i.test(file) ? tags(request) : '';
    if (added !== '') {
      const page = await readFile(file, 'latin1');
      const { index } = placeIn(page);
      const changed = Buffer.from(page.slice(0, index) + added + page.slice(index), 'latin1');
      response.setHeader('Cache-Control', 'no-store');
      return void response.type('html').send(changed);
    }
    response.sendFile(relative(root, file), { root, dotfiles: 'deny', cacheControl: false }, (error) => {
      if (error && !response.headersSent) response.status(404).end();
    });
  }

  async function fileFor(path: string, isVisit: boolean): Promise<string | undefined> {
    const name = decoded(path);
    if (name === undefined) return undefined;
    const tries = [name, join(name, 'index.html'), `${name.replace(/\/$/, '')}.html`];
    const isPath = extname(name) === '' || extname(name) === '.html';
    for (const one of isVisit && isPath ? [...tries, '/index.html'] : tries) {
      const file = await insideFile(join(root, one));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** With links followed, it must still lie inside, and on its way there nothing be hidden. */
  async function insideFile(path: string): Promise<string | undefined> {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || !real.startsWith(`${root}/`)) return undefined;
    if (
      relative(root, real)
        .split('/')
        .some((one) => one.startsWith('.'))
    )
      return undefined;
    return (await stat(real)).isFile() ? real : undefined;
  }

  return app;
}

function decoded(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path);
    const isOdd =
      name.includes('\0') || name.split(/[/\\]/).some((one) => one.startsWith('.') && one !== '.');
    return isOdd ? undefined : name;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
