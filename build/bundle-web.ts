// Bundles the web app into dist/web/: hashed scripts and styles with ready-made .br and .gz copies,
// index.html, the service worker if there is one, and build.json, which lists every file for the server.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { type FirstLoad, firstLoad } from './first-load.ts';
import {
  buildIdOf,
  buildIdPlaceholder,
  compressedCopies,
  type WebFile,
  webFile,
  withBuildId,
} from './web-files.ts';
import { webPage } from './web-page.ts';

const folder = 'dist/web';
const webEntry = 'webui/main.tsx';
const serviceWorker = 'webui/service-worker.ts';

export const webOptions = {
  outdir: folder,
  bundle: true,
  format: 'esm',
  target: ['es2022', 'safari16.4', 'chrome111', 'firefox115'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  legalComments: 'none',
  sourcemap: 'linked',
  write: false,
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Wants the icons in dist/assets/ already. */
export async function bundleWeb(): Promise<{ buildId: string }> {
  const app = await bundleApp();
  const worker = existsSync(serviceWorker) ? await bundleServiceWorker() : [];
  const files = [...app.files, ...worker, ...(await staticFiles())];
  files.push(webFile('index.html', await webPage(app.firstLoad)));
  const buildId = buildIdOf(files);
  await rm(folder, { recursive: true, force: true });
  const finished = files.map((file) => withBuildId(file, buildId));
  const written = [...finished, ...(await Promise.all(finished.map(compressedCopies))).flat()];
  await Promise.all(written.map(write));
  const listed = written.map(({ path, type }) => ({ path, type })).sort((a, b) => (a.path < b.path ? -1 : 1));
  await writeFile(join(folder, 'build.json'), `${JSON.stringify({ buildId, files: listed }, null, 1)}\n`);
  return { buildId };
}

/** The app itself, in memory; the budget check measures the same files. */
export async function bundleApp(): Promise<{ files: WebFile[]; firstLoad: FirstLoad }> {
  const { outputFiles, metafile } = await build({
    ...webOptions,
    entryPoints: { app: webEntry },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    splitting: true,
  });
  return {
    files: outputFiles.map(({ path, contents }) => webFile(pathInWeb(path), contents)),
    firstLoad: firstLoad({ metafile, entry: webEntry, folder }),
  };
}

async function bundleServiceWorker(): Promise<WebFile[]> {
  const { outputFiles } = await build({
    ...webOptions,
    entryPoints: [serviceWorker],
    sourcemap: false,
    define: { BUILD_ID: JSON.stringify(buildIdPlaceholder) },
  });
  return outputFiles.map(({ path, contents }) => webFile(pathInWeb(path), contents));
}

/** App icons at the top of the site, where browsers look for them, and the web app manifest. */
async function staticFiles(): Promise<WebFile[]> {
  const icons = await readdir('dist/assets/app');
  const files = icons.map((name) => ({ name, from: join('dist/assets/app', name) }));
  const manifest = 'webui/manifest.webmanifest';
  if (existsSync(manifest)) files.push({ name: 'manifest.webmanifest', from: manifest });
  return Promise.all(files.map(async ({ name, from }) => webFile(name, await readFile(from))));
}

function pathInWeb(path: string): string {
  return relative(folder, path).replaceAll('\\', '/');
}

async function write({ path, contents }: WebFile): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, contents);
}
