// The tray icon that needs no program: the same as systray2's, on the same panel.
import { setTheStage, trayContract } from '../tray.contract.ts';

trayContract('own-tray', setTheStage({ bar: 'xfce', arch: 'arm64' }));
