// `porchlight setup`, and the first `porchlight start`: the few questions whose answers people differ in, with answers that are
// found by looking. Writes config.json, where every other setting stays as it was.
import { defaultPort } from '../../config.ts';
import type { Terminal } from '../../ports/terminal.ts';
import { HomeError, prepareHome } from '../../system/home.ts';
import { openSettingsFile } from '../../system/settings-file.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { readConfig } from '../read-config.ts';
import { installService } from './install-service.ts';
import { loginServiceFor } from './login-service.ts';
import { bestProjectsFolder, folderAt } from './projects-folder.ts';
import { askUntil, isYes } from './questions.ts';
import { findPid } from './running.ts';

export interface SetupAnswers {
  readonly projects?: string | undefined;
  readonly port?: number | undefined;
  readonly atLogin?: boolean | undefined;
}

/** What is answered already on the command line is not asked. Without a terminal nothing is asked, and only that is written. */
export async function setUp(
  environment: Environment,
  options: SetupAnswers & { home: string; isFirstTime: boolean },
): Promise<void> {
  const { home, isFirstTime } = options;
  const { print, openTerminal } = environment;
  await prepareHome(home, environment.machine.uid).catch((error: unknown) => {
    throw error instanceof HomeError ? new CliError(exitCodes.homeUnusable, error.message) : error;
  });
  const terminal = openTerminal?.();
  try {
    if (terminal) print(isFirstTime ? welcome : again);
    const answers = await answerAll(environment, options, terminal);
    const file = openSettingsFile(home);
    if (answers.projects !== undefined) await file.write('projectsRoot', answers.projects);
    if (answers.port !== undefined) await file.write('port', answers.port);
    print(`Kept in ${file.path}.`);
    await settleLogin(environment, home, answers.atLogin);
  } finally {
    terminal?.close();
  }
  if (!isFirstTime && (await findPid(environment, home)) !== undefined)
    print('For the daemon that runs it counts from its next start on: porchlight restart');
}

const welcome = `
A few questions, and the light is on. Enter takes what stands in brackets; porchlight setup asks
again, whenever you like.
`;
const again = `
Enter keeps what stands in brackets.
`;

async function answerAll(
  environment: Environment,
  given: SetupAnswers & { home: string; isFirstTime: boolean },
  terminal: Terminal | undefined,
): Promise<SetupAnswers> {
  const { personHome, env } = environment;
  const config = await readConfig({ home: given.home, env, flags: {} });
  const projects = given.projects === undefined ? undefined : await checkedFolder(given.projects, personHome);
  if (!terminal) return { ...given, projects };
  const found = config.projectsRoot ?? (await bestProjectsFolder(personHome));
  return {
    projects:
      projects ??
      (await askUntil(terminal, `Where are your projects? [${found}] `, async (answer) => {
        const folder = await folderAt(answer || found, personHome);
        return folder === undefined
          ? { problem: `There is no folder ${answer || found}.` }
          : { value: folder };
      })),
    port:
      given.port ??
      (await askUntil(terminal, `Which port? [${config.port || defaultPort}] `, (answer) =>
        portFrom(answer || `${config.port || defaultPort}`),
      )),
    atLogin: given.atLogin ?? (await askAtLogin(environment, given, terminal)),
  };
}

async function checkedFolder(typed: string, personHome: string): Promise<string> {
  const folder = await folderAt(typed, personHome);
  if (folder === undefined) throw new CliError(exitCodes.usage, `There is no folder ${typed}.`);
  return folder;
}

function portFrom(answer: string): { value: number } | { problem: string } {
  const port = Number(answer);
  const fits = /^\d+$/.test(answer) && port >= 1024 && port <= 65_535;
  return fits ? { value: port } : { problem: 'It is a number from 1024 to 65535.' };
}

async function askAtLogin(
  environment: Environment,
  { home, isFirstTime }: { home: string; isFirstTime: boolean },
  terminal: Terminal,
): Promise<boolean> {
  const service = await loginServiceFor(environment, home);
  if (!(await service?.canInstall())) return false;
  const isUsual = isFirstTime || ((await service?.isInstalled()) ?? false);
  return askUntil(terminal, `Start Porchlight when you log in? [${isUsual ? 'Y/n' : 'y/N'}] `, (answer) =>
    isYes(answer || (isUsual ? 'y' : 'n')),
  );
}

async function settleLogin(
  environment: Environment,
  home: string,
  atLogin: boolean | undefined,
): Promise<void> {
  if (atLogin === undefined) return;
  const service = await loginServiceFor(environment, home);
  const isInstalled = (await service?.isInstalled()) ?? false;
  if (atLogin) await installService(environment, { home });
  else if (isInstalled) {
    await service?.remove();
    environment.print('Porchlight does not start at login any more.');
  }
}
