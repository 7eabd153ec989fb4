// Small real web projects for stories about previews: pages as they are, and one that Vite serves and updates while it is changed.
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

const page = (script: string) =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>Shop</title><style>body{font:16px system-ui;margin:24px}button{padding:12px 20px}</style></head>' +
  `<body><h1>Little shop</h1><p id="words"></p><p><button id="buy">Buy</button> <a href="/about.html">About</a></p>${script}</body></html>`;

export function writeStaticProject(folder: string): void {
  write(folder, {
    'index.html': page('<script>document.getElementById("words").textContent = "three lamps"</script>'),
    'about.html': page('<script>document.getElementById("words").textContent = "about us"</script>'),
  });
}

/** Prints something red, and ends with code 3. */
export function writeFailingProject(folder: string): void {
  write(folder, {
    'package.json': JSON.stringify({ name: 'shop', private: true, scripts: { dev: 'node server.cjs' } }),
    'server.cjs': "console.error('\\x1b[31m<b>no lamps</b>\\x1b[0m'); process.exit(3);",
  });
}

/** `words.js` is replaced in the running page; `window.name` of the page stays as it was as long as it is not loaded anew. */
export function writeViteProject(folder: string): void {
  write(folder, {
    'package.json': JSON.stringify({
      name: 'shop',
      private: true,
      scripts: { dev: 'vite' },
      devDependencies: { vite: '*' },
    }),
    'index.html': page('<script type="module" src="/main.js"></script>'),
    'words.js': "export const words = 'line two';\n",
    'main.js':
      "import { words } from './words.js';\n" +
      "const show = (text) => { document.getElementById('words').textContent = text; };\nshow(words);\n" +
      "import.meta.hot.accept('./words.js', (next) => show(next.words));\n" +
      "document.getElementById('buy').addEventListener('click', () => {\n" +
      "  console.error('the till is broken');\n  fetch('/api/till', { method: 'POST' });\n  document.title = 'bought';\n});\n",
  });
  symlinkSync(packages, join(folder, 'node_modules'));
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
