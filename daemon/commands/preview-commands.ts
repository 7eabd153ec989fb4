// What the commands do that concern previews. Whoever may answer Claude may approve and start; whoever may look, may look.
import type { Previews } from '../previews/previews.ts';
import type { Handlers } from './services.ts';

const maxPicture = 8 * 2 ** 20;

export const previewHandlers: Handlers<'preview'> = {
  'preview.list': { scope: 'read', run: async ({ previews }) => ({ previews: [...previews.list()] }) },
  'preview.detect': {
    scope: 'use',
    async run({ previews }, { folder: path }) {
      const { folder, offers } = await previews.offers(path);
      return { folder, offers: [...offers] };
    },
  },
  // It lets a program of the folder run, as an answer to a permission does.
  'preview.approve': {
    scope: 'approve',
    async audits({ previews }, { folder: path, offerId }) {
      const { folder, offers } = await previews.offers(path);
      const offer = offers.find((one) => one.offerId === offerId);
      if (!offer || offer.previewId !== null) return undefined;
      if (offer.kind === 'static') return `approved showing the files of ${folder}/${offer.inside}`;
      const script = offer.script === '' ? '' : `, which is: ${offer.script}`;
      return `approved the preview “${offer.name}” in ${folder}: ${offer.command}${script}`;
    },
    run: async ({ previews }, { folder, offerId }) => ({
      previewId: await previews.approve(folder, offerId),
    }),
  },
  'preview.start': {
    scope: 'approve',
    audits({ previews }, { previewId }) {
      const found = previews.list().find((one) => one.previewId === previewId && one.kind === 'found');
      return found && `let devices see what listens on port ${found.appPort} (${found.folder})`;
    },
    run: ({ previews }, { previewId }) => done(previews.start(previewId)),
  },
  'preview.stop': { scope: 'use', run: ({ previews }, { previewId }) => done(previews.stop(previewId)) },
  'preview.restart': {
    scope: 'approve',
    run: ({ previews }, { previewId }) => done(previews.restart(previewId)),
  },
  'preview.forget': {
    scope: 'approve',
    audits: ({ previews }, { previewId }) => `took ${nameOf(previews, previewId)} off the list`,
    run: ({ previews }, { previewId }) => done(previews.forget(previewId)),
  },
  'preview.configure': {
    scope: 'approve',
    audits: ({ previews }, { previewId, outlives }) =>
      `let ${nameOf(previews, previewId)} ${outlives ? 'go on without Porchlight' : 'end with Porchlight'}`,
    run: ({ previews }, { previewId, outlives }) => done(previews.configure(previewId, { outlives })),
  },
  'preview.open': {
    scope: 'read',
    async run({ previewDoors, urls }, { previewId, bridge = false, inspect = false }, guest) {
      const { port, path } = await previewDoors.letIn(guest, { previewId, bridge, inspect });
      const best = new URL(urls()[0] ?? 'https://localhost');
      best.port = String(port);
      return { url: `${best.origin}${path}`, port, path };
    },
  },
  // It has a program started on the computer, so looking is not enough.
  'preview.picture': {
    scope: 'use',
    async run({ previews, pagePictures }, { previewId, path, width, height }) {
      previews.get(previewId);
      const target = previews.target(previewId);
      if (target?.kind !== 'server') return { png: null };
      const png = await pagePictures.take(`http://localhost:${target.port}${path}`, { width, height });
      return {
        png: png === undefined || png.length > maxPicture ? null : Buffer.from(png).toString('base64'),
      };
    },
  },
  'preview.log': {
    scope: 'read',
    async run({ previews }, { previewId, after = 0, wait = false }) {
      const { lines, last } = await previews.log(previewId, { after, wait });
      return { lines: [...lines], last };
    },
  },
};

async function done(act: Promise<void>): Promise<Record<string, never>> {
  await act;
  return {};
}

function nameOf(previews: Previews, previewId: string): string {
  const found = previews.list().find((one) => one.previewId === previewId);
  return found ? `the preview “${found.name}” in ${found.folder}` : 'a preview';
}
