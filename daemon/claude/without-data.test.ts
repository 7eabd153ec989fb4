import { expect, test } from 'vitest';
import { withoutData } from './without-data.ts';

test('the bytes of pictures and PDFs go, what people read stays', () => {
  expect(
    withoutData({
      type: 'image',
      file: { base64: 'iVBORw0K', type: 'image/png', originalSize: 8 },
      blocks: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0K' } }],
      mcp: [{ type: 'image', data: 'iVBORw0K', mimeType: 'image/png' }],
      stdout: 'data:image/png;base64,iVBORw0K',
      plain: { data: 'iVBORw0K', text: 'QUJD' },
      none: null,
    }),
  ).toEqual({
    type: 'image',
    file: { base64: '', type: 'image/png', originalSize: 8 },
    blocks: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } }],
    mcp: [{ type: 'image', data: '', mimeType: 'image/png' }],
    stdout: '',
    plain: { data: 'iVBORw0K', text: 'QUJD' },
    none: null,
  });
});
