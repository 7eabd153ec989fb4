// One file of the web app: its content type, its compressed copies, and the build id that all files make together.
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface WebFile {
  /** Below dist/web, with forward slashes. */
  readonly path: string;
  readonly type: string;
  readonly contents: Uint8Array;
}

/** Stands for the build id in index.html and in the service worker until all contents are known. */
export const buildIdPlaceholder = '__BUILD_ID__';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

// Source maps stay as they are: only developer tools fetch them.
const compressible = /^(text\/|application\/manifest\+json|image\/svg)/;

export function webFile(path: string, contents: Uint8Array | string): WebFile {
  const type = types[extname(path)];
  if (type === undefined) throw new Error(`${path}: no content type known; add it to build/web-files.ts`);
  return { path, type, contents: Buffer.from(contents) };
}

export function buildIdOf(files: readonly WebFile[]): string {
  const hash = createHash('sha256');
  for (const { path, contents } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${path}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 16);
}

export function withBuildId(file: WebFile, buildId: string): WebFile {
  if (file.path !== 'index.html' && file.path !== 'service-worker.js') return file;
  const text = Buffer.from(file.contents).toString('utf8').replaceAll(buildIdPlaceholder, buildId);
  return { ...file, contents: Buffer.from(text) };
}

/** Copies `path.br` and `path.gz` of the same type, where they are smaller; none for what is compressed already. */
export async function compressedCopies(file: WebFile): Promise<WebFile[]> {
  if (!compressible.test(file.type)) return [];
  const copies = [
    { ...file, path: `${file.path}.br`, contents: await brotli(file.contents) },
    { ...file, path: `${file.path}.gz`, contents: await promisify(gzip)(file.contents, { level: 9 }) },
  ];
  return copies.filter(({ contents }) => contents.length < file.contents.length);
}

export function brotli(contents: Uint8Array): Promise<Uint8Array> {
  return promisify(brotliCompress)(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
