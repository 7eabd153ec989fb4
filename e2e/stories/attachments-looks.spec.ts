// What files look like on their way and in messages: pictures of the composer's strip, of messages and of a picture over the whole
// screen, for a person to look at.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

/** A small landscape, drawn by the page: something to recognise when it is cut or turned. */
async function landscape(page: Page, options: { name: string; width: number; height: number; hour: number }) {
  const base64 = await page.evaluate(({ width, height, hour }) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) return '';
    const sky = context.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, `hsl(${210 + hour * 8} 60% ${64 - hour * 4}%)`);
    sky.addColorStop(1, `hsl(${40 - hour * 3} 80% 78%)`);
    context.fillStyle = sky;
    context.fillRect(0, 0, width, height);
    context.fillStyle = 'hsl(48 95% 88%)';
    context.beginPath();
    context.arc(width * (0.2 + hour * 0.07), height * 0.34, Math.min(width, height) * 0.07, 0, 7);
    context.fill();
    for (const [level, light] of [
      [0.58, 46],
      [0.7, 34],
      [0.84, 22],
    ] as const) {
      context.fillStyle = `hsl(${150 + hour * 6} 26% ${light}%)`;
      context.beginPath();
      context.moveTo(0, height);
      for (let x = 0; x <= width; x += 8)
        context.lineTo(x, height * level - Math.sin(x / (width * 0.11) + level * 9 + hour) * height * 0.05);
      context.lineTo(width, height);
      context.fill();
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  }, options);
  return { name: options.name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

test('files on their way, in messages, and a picture alone', async ({ ana }) => {
  test.setTimeout(240_000);
  const { page } = ana;
  const add = async (...files: { name: string; mimeType: string; buffer: Buffer }[]) => {
    await ana.button('Add photos or files').click();
    await page.getByRole('dialog').getByLabel('Photo library', { exact: true }).setInputFiles(files);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await ana.pair();
  await ana.startConversation();
  await ana.button('Add photos or files').click();
  await look(page, 'attach-sheet');
  await expectAccessible(page, 'attach-sheet');
  await page.goBack();

  const wide = await landscape(page, { name: 'IMG_2041.jpg', width: 1200, height: 900, hour: 1 });
  const tall = await landscape(page, { name: 'IMG_2042.jpg', width: 900, height: 1200, hour: 5 });
  const third = await landscape(page, { name: 'IMG_2043.jpg', width: 1200, height: 800, hour: 8 });
  const report = {
    name: 'Harbour survey – final version.pdf',
    mimeType: '',
    buffer: Buffer.from('%PDF-1.4\n%%EOF'),
  };
  await add(wide);
  await ana.say(
    'The harbour this morning. [[text A calm bay at sunrise, with three rows of hills behind it.]]',
  );
  await expect(ana.receipts).toHaveCount(1);
  await add(tall, third, wide, report);
  await ana.say('And these [[text Thank you, I have all four.]]');
  await expect(ana.receipts).toHaveCount(2);
  await look(page, 'attachments-message');
  await expectAccessible(page, 'attachments-message');

  await ana.button('Show IMG_2041.jpg').first().click();
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  await look(page, 'attachments-viewer');
  await expectAccessible(page, 'attachments-viewer');
  await page.goBack();

  await page.context().route('**/api/uploads/**', async (route) => {
    const { 'upload-offset': offset } = route.request().headers();
    if (route.request().method() === 'PATCH' && Number(offset) > 400_000) return;
    return route.continue();
  });
  const film = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(21 * 2 ** 20, 1) };
  await add(tall, film, { ...report, buffer: Buffer.alloc(1_200_000, 32) }, third);
  await page.mouse.move(0, 0);
  await expect(page.getByText(/too large/)).toBeVisible();
  await expect(page.getByText('44 %')).toBeVisible();
  await ana.messageBox.fill('What do you think of these?');
  await look(page, 'attachments-strip');
  await expectAccessible(page, 'attachments-strip');
});
