// What the page may hold: the files of the build, and nothing inline.
import { expect, test } from 'vitest';
import { fillPage } from './web-page.ts';

const load = { scripts: ['app-1.js', 'chunk-2.js'], styles: ['app-3.css'] };

test('the page names its styles, preloads what the entry imports, and carries the build id', () => {
  expect(fillPage('<meta content="{{buildId}}">\n{{styles}}\n{{scripts}}', load)).toBe(
    [
      '<meta content="__BUILD_ID__">',
      '<link rel="stylesheet" href="/app-3.css">',
      '<link rel="modulepreload" href="/chunk-2.js">',
      '    <script type="module" src="/app-1.js"></script>',
    ].join('\n'),
  );
});

test('a placeholder that the build does not know is refused', () => {
  expect(() => fillPage('{{titel}}', load)).toThrow('webui/index.html: nothing is known as {{titel}}');
});

test.each([
  ['<script>', '<script>1</script>'],
  ['<script', '<script type="module">1</script>'],
  ['<style', '<style>p {}</style>'],
  ['style=', '<p style="color: red">'],
  ['onclick=', '<p onclick="x()">'],
  ['javascript:', '<a href="javascript:x()">'],
])('%s inline is refused', (said, html) => {
  expect(() => fillPage(html, load)).toThrow(`webui/index.html: "${said.replace('>', '')}"`);
});
