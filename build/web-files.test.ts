// What the server is told of each file of the web app, and what makes a build id change.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildIdOf, compressedCopies, webFile, withBuildId } from './web-files.ts';

test('a file of an unknown type is refused', () => {
  expect(() => webFile('app.exe', '')).toThrow(
    'app.exe: no content type known; add it to build/web-files.ts',
  );
});

test('the build id changes with any content and any name, not with the order', () => {
  const [a, b, renamed, changed] = [
    webFile('a.js', '1'),
    webFile('b.js', '2'),
    webFile('c.js', '2'),
    webFile('b.js', '3'),
  ];
  const ids = [
    [a, b],
    [a, renamed],
    [a, changed],
  ].map(buildIdOf);
  expect([new Set(ids).size, buildIdOf([b, a])]).toEqual([3, ids[0]]);
});

test('the page and the service worker carry the build id, other files stay as they are', () => {
  const files = ['index.html', 'service-worker.js', 'app.js'].map((path) => webFile(path, 'id __BUILD_ID__'));
  const texts = files.map((file) => Buffer.from(withBuildId(file, 'abc').contents).toString());
  expect(texts).toEqual(['id abc', 'id abc', 'id __BUILD_ID__']);
});

test('compressed copies hold the same content', async () => {
  const text = 'word '.repeat(200);
  const copies = await compressedCopies(webFile('app.js', text));
  const opened = copies.map(({ path, contents }) => ({
    path,
    text: String(path.endsWith('.br') ? brotliDecompressSync(contents) : gunzipSync(contents)),
  }));
  expect(opened).toEqual([
    { path: 'app.js.br', text },
    { path: 'app.js.gz', text },
  ]);
});

test('a file that compression does not help gets no copies', async () => {
  expect(await compressedCopies(webFile('tiny.js', 'a'))).toEqual([]);
});
