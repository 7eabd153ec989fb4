// The tray icon that needs no program: on another panel, whose menus are drawn by code of its own, and on the usual one.
import { describe } from 'vitest';
import { setTheStage, trayContract } from '../tray.contract.ts';

describe.each(['mate', 'xfce'] as const)('on the panel of %s', (bar) => {
  trayContract(`own-tray-${bar}`, setTheStage({ bar, arch: 'arm64' }));
});
