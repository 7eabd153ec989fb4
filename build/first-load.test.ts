// Which files count as the first load: static imports all the way, never dynamic ones. Bundled by the real esbuild.
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { firstLoad } from './first-load.ts';

const sources: Record<string, string> = {
  entry: `import './both'; import './style.css'; import('./lazy');`,
  both: 'console.log(1);',
  lazy: `import './both'; console.log(2);`,
  'style.css': 'a {}',
};

test('the first load is the entry with its static imports and styles', async () => {
  const { metafile } = await build({
    entryPoints: ['entry'],
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    plugins: [
      {
        name: 'sources',
        setup(build) {
          build.onResolve({ filter: /./ }, ({ path }) => ({
            path: path.replace('./', ''),
            namespace: 'memory',
          }));
          build.onLoad({ filter: /./ }, ({ path }) => ({
            contents: sources[path] ?? '',
            loader: path.endsWith('.css') ? 'css' : 'js',
          }));
        },
      },
    ],
  });
  const { scripts, styles } = firstLoad({ metafile, entry: 'memory:entry', folder: 'out' });
  const shapes = [...scripts, ...styles].map((path) => path.replace(/-[A-Z0-9]{8}/, ''));
  expect(shapes).toEqual(['entry.js', 'chunk.js', 'entry.css']);
});
