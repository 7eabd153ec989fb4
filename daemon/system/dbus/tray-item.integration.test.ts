// The tray icon that needs no program: on another panel, whose menus are drawn by code of its own, and on the usual one.
import { describe, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { calm, setTheStage, trayContract } from '../tray.contract.ts';

describe('a panel that opens the menu with the right button', () => {
  const stage = setTheStage({ bar: 'mate', arch: 'arm64' });

  test('tells of a click with the left one, and that opens Porchlight', async () => {
    await stage.shown(calm);
    await stage.desktop.tray.click('#F5A524');
    await until('the pick', () => stage.picked.length > 0);
    expect(stage.picked).toEqual(['open']);
  });
});

describe.each(['mate', 'xfce'] as const)('on the panel of %s', (bar) => {
  trayContract(`own-tray-${bar}`, setTheStage({ bar, arch: 'arm64' }));
});
