// The web app's files, precompressed at build time, from memory. Hashed names are kept for ever by the browser; the page
// itself is asked for anew each time, so that a new build is seen.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { RequestHandler } from 'express';
import * as z from 'zod/mini';
import { AppError } from '../protocol/errors.ts';

const Build = z.looseObject({
  buildId: z.string(),
  files: z.array(z.looseObject({ path: z.string(), type: z.string() })),
});

interface Asset {
  readonly type: string;
  readonly path: string;
  readonly encodings: readonly { readonly name: string; readonly suffix: string }[];
}

export interface Assets {
  readonly buildId: string;
  readonly serve: RequestHandler;
}

/** Reads the list of files that the build made; the files themselves are read when they are asked for. */
export async function openAssets(folder: string): Promise<Assets> {
  const build = Build.parse(JSON.parse(await readFile(join(folder, 'build.json'), 'utf8')));
  const paths = new Set(build.files.map((file) => file.path));
  const assets = new Map<string, Asset>();
  for (const { path, type } of build.files) {
    const encodings = [
      { name: 'br', suffix: '.br' },
      { name: 'gzip', suffix: '.gz' },
    ].filter(({ suffix }) => paths.has(`${path}${suffix}`));
    if (!['.br', '.gz'].includes(extname(path))) assets.set(`/${path}`, { type, path, encodings });
  }
  const cache = new Map<string, Buffer>();

  return {
    buildId: build.buildId,
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new AppError('not_found');
      // Every place of the app has a URL of its own without a file ending; they all are the one page.
      const asset = assets.get(extname(request.path) === '' ? '/index.html' : request.path);
      if (!asset) throw new AppError('not_found');
      const encoding = asset.encodings.find(({ name }) => request.acceptsEncodings(name));
      const file = `${asset.path}${encoding?.suffix ?? ''}`;
      const bytes = cache.get(file) ?? (await readFile(join(folder, file)));
      cache.set(file, bytes);
      response.setHeader('Content-Type', asset.type);
      response.setHeader('Vary', 'Accept-Encoding');
      response.setHeader(
        'Cache-Control',
        /-[A-Z0-9]{8}\./.test(asset.path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      if (encoding) response.setHeader('Content-Encoding', encoding.name);
      response.end(request.method === 'HEAD' ? undefined : bytes);
    },
  };
}
