import { expect, test } from 'vitest';
import { quietForMs } from './quiet-hours.ts';

const at = (time: string) => new Date(`2026-11-21T${time}:00`).getTime();
const minutes = (from: string, to: string, time: string) => quietForMs({ from, to }, at(time)) / 60_000;

test('over midnight, in one day, and outside of them', () => {
  expect({
    evening: minutes('22:00', '07:00', '22:30'),
    morning: minutes('22:00', '07:00', '06:59'),
    end: minutes('22:00', '07:00', '07:00'),
    noon: minutes('22:00', '07:00', '12:00'),
    siesta: minutes('13:00', '15:00', '14:00'),
    after: minutes('13:00', '15:00', '15:00'),
  }).toEqual({ evening: 510, morning: 1, end: 0, noon: 0, siesta: 60, after: 0 });
});

test('none, or the same time twice, is never quiet', () => {
  expect([quietForMs(null, at('23:00')), minutes('22:00', '22:00', '22:00')]).toEqual([0, 0]);
});
