// The composition root: builds every part from the outside in and ties them together. Reads as a table of contents; nothing
// is decided here.
import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openAdmission } from './admission.ts';
import { type AtComputer, createAtComputer } from './at-computer.ts';
import { createClaude } from './claude/claude.ts';
import { checkClaude } from './claude/doctor.ts';
import { watchHealth } from './claude/health.ts';
import { createExecute } from './commands.ts';
import { claudeEnvironment, isLocalOnly, loopbackOf } from './config.ts';
import { createPauseAll } from './conversations/pause-all.ts';
import { createConversations } from './conversations/conversations.ts';
import { openUploads } from './conversations/uploads.ts';
import { openLobby } from './conversations/lobby.ts';
import { openSettings } from './kept-settings.ts';
import type { Daemon, DaemonOptions } from './daemon-options.ts';
import { createComputerPages } from './desktop/computer-page.ts';
import { createPresence } from './desktop/presence.ts';
import { createExamine } from './doctor/examine.ts';
import { openAssets } from './http/assets.ts';
import type { FindLog } from './http/events-route.ts';
import { listenPrivate, listenPublic } from './http/server.ts';
import { createPages } from './http/pages.ts';
import { createSockets } from './http/socket.ts';
import type { LogSource } from './http/streams.ts';
import { missed } from './pairing/missed-changes.ts';
import { openPreviewing } from './previewing.ts';
import { createFileNames } from './projects/file-names.ts';
import { createProjects } from './projects/projects.ts';
import { createRemoteAccess } from './remote/remote.ts';
import { commands } from './protocol/commands.ts';
import { emptyLobby } from './protocol/lobby.ts';
import { tail } from './protocol/view.ts';
import { openJsonlStore } from './store/jsonl-store.ts';
import { NewerStore } from './store/store-identity.ts';
import { openInBrowser } from './system/browser.ts';
import { watchDisk } from './system/disk.ts';
import { writeDurably } from './system/durable-file.ts';
import { fileTree } from './system/file-tree.ts';
import { createFolders } from './system/folders.ts';
import { HomeError, lockHome, prepareHome, privateSocketPath } from './system/home.ts';
import { addressList, allAddresses, lanAddresses, ownNames, tailscaleAddress } from './system/network.ts';
import { createProcesses } from './system/processes.ts';
import { createRunHost } from './system/run-host.ts';
import { openCertificates } from './system/served-certificates.ts';
import { runCommand } from './system/spawn.ts';
import { createOpenTunnel, endLeftTunnel } from './system/tunnel.ts';
import { createUploadFiles } from './system/upload-files.ts';

/** Rejects with HomeError, AlreadyRunning, or the system's error when the port cannot be taken. */
export async function createDaemon(options: DaemonOptions): Promise<Daemon> {
  const { home, config, clock, logger, personHome, platform } = options;
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const startedAt = clock.now();

  // The home and what is kept in it
  await prepareHome(home, options.uid);
  const processes = createProcesses(platform, runCommand);
  const lock = await lockHome(home, processes);
  const disk = watchDisk({ home, clock });
  disk.watch(() => options.say(disk.trouble?.message ?? 'The disk takes what is written again.'));
  const store = await openJsonlStore({ home, clock, disk, ...config.logs }).catch(async (error: unknown) => {
    await lock.release();
    throw error instanceof NewerStore ? new HomeError(error.message) : error;
  });
  const { lobby, wasLost } = await openLobby(store);
  const assets = await openAssets(options.webFolder);

  const uploadFiles = createUploadFiles(home, disk);
  const uploads = await openUploads({
    ...{ files: uploadFiles, clock, newId: () => randomBytes(16).toString('hex') },
    maxBytes: () => settings.current.maxUploadMiB * 2 ** 20,
    exists: (conversationId) => Object.hasOwn(lobby.accepted.conversations, conversationId),
    failed: (error) => logger.error('old uploads could not be removed', error),
  });

  // Who may come in
  const folders = createFolders(personHome);
  const env = claudeEnvironment(options.env);
  const certificates = await openCertificates({
    ...{ folder: join(home, 'tls'), configured: config.certificate, computer: hostname() },
    ...{ env, clock, logger, lobby, run: runCommand, say: options.say },
    ...{ names: ownNames, addresses: allAddresses, lanAddresses },
  });
  const { daemonId } = certificates;
  const admission = await openAdmission({
    ...{ home, store, lobby, folders, clock, random, daemonId, disk },
    failed: (error) => logger.error('devices', error),
    trustChanged: (path) => conversations.renewRuns(path),
    shutOut: () => conversations.wake(),
  });
  const { devices, tickets, owner } = admission;
  const settings = await openSettings({
    ...{ ...options, lobby, disk, admission },
    changed() {
      conversations.settingsChanged();
      atComputer?.refresh();
    },
  });

  // Claude and conversations
  const health = watchHealth({
    check: () => checkClaude({ run: runCommand, folders, env, path: config.claudePath, home: personHome }),
    clock,
    initial: emptyLobby.claude,
    changed(found) {
      lobby
        .record({ type: 'claude.checked', health: found })
        .catch((error: unknown) => logger.error('lobby', error));
      if (found.state === 'ready') conversations.wake();
      else options.say(`${found.sentence} Run: ${found.fix}`);
    },
  });
  const runs = createRunHost({ folder: join(home, 'runs'), platform, clock, disk, run: runCommand });
  const claude = createClaude({
    runs,
    folders,
    uploadFiles,
    clock,
    logger,
    env,
    trustIn: admission.trust.trustIn,
    newId: randomUUID,
    mayBypass: () => settings.current.allowBypass,
    health: health.ready,
  });
  const conversations = createConversations({
    ...{ store, uploads, lobby, claude, disk, clock, logger, newId: randomUUID, foldVersion: assets.buildId },
    mayBypass: () => settings.current.allowBypass,
    mayAsk: admission.mayAsk,
    isPaused: () => pause.isOn,
    idleMs: () => settings.current.idleMinutes * 60_000,
    maxRuns: () => settings.current.maxRuns,
    foldAfterMs: config.logs.foldAfterMs,
    worked: (work) => previewing.heard(work),
  });
  const pause = createPauseAll({ lobby, resumed: conversations.wake });
  const projects = createProjects({
    folders,
    root: () => settings.current.projectsRoot,
    conversations: conversations.list,
  });
  const fileNames = createFileNames({ run: runCommand, tree: fileTree, clock, env });

  // What they may ask for
  let atComputer: AtComputer | undefined;
  const presence = createPresence(clock);
  let port = config.port;
  const computerPages = createComputerPages({
    ...{ home, tickets, daemonId, clock, openInBrowser, writePrivate: writeDurably },
    origin: () => `https://localhost:${port}`,
  });
  const openPage = computerPages.open;
  const urls = () =>
    [...certificates.facts.names, ...(isLocalOnly(config.host) ? [] : lanAddresses()), 'localhost'].map(
      (host) => `https://${host}:${port}`,
    );
  const remote = createRemoteAccess({
    ...{ tell: lobby.record, say: options.say, failed: (error) => logger.error('tunnel', error) },
    openTunnel: createOpenTunnel({ home, env, clock, processes }),
    origin: () => `https://${loopbackOf(config.host)}:${port}`,
  });
  const ownHosts = () => [...allAddresses(), ...ownNames(), ...certificates.facts.names];
  const previewing = await openPreviewing({
    ...{ home, lobby, folders, certificates, clock, random, logger, disk, env, platform },
    ...{ trust: admission.trust, host: config.host, ownPort: () => port, names: ownHosts },
  });
  const tailscaleUrl = () => {
    const address = isLocalOnly(config.host) ? undefined : tailscaleAddress();
    return address === undefined ? null : `https://${address}:${port}`;
  };
  const execute = createExecute({
    ...admission,
    ...{ conversations, projects, fileNames, urls, tailscaleUrl, certificates, remote, pause },
    ...{ previews: previewing.previews, previewDoors: previewing.previewDoors },
    pagePictures: previewing.pagePictures,
    settings,
    preparePage: computerPages.prepare,
    checkClaude: health.check,
    examine: createExamine({ ...options, run: runCommand }, () => ({
      ...{ pid: options.pid, port, devices: devices.list(), checkClaude: health.check },
    })),
    status: async () => ({
      ...{ version: options.version, pid: options.pid, startedAt, urls: urls(), claude: health.current },
      conversations: conversations.list().length,
      working: conversations.list().filter((c) => c.state === 'working' || c.state === 'needsYou').length,
      devices: devices.list().length,
      remote: remote.current,
      disk: disk.trouble?.message ?? '',
      paused: pause.isOn,
      tray: atComputer?.tray ?? '',
      awake: atComputer?.awake ?? '',
    }),
  });
  const pages = createPages();
  const sourceOf = ({ name, log, snapshot }: Pick<LogSource, 'name' | 'log' | 'snapshot'>): LogSource => ({
    name,
    log,
    snapshot,
    disk,
    pages,
    epoch: store.epoch,
    buildId: assets.buildId,
  });
  const findLog: FindLog = async (name) => {
    if (name === 'lobby') return sourceOf({ name, log: lobby.log, snapshot: () => lobby.view });
    const conversation = await conversations.get(name);
    return sourceOf({ name, log: conversation.log, snapshot: () => tail(conversation.view, 4) });
  };
  const findPage = async (conversationId: string, number: number) =>
    (await conversations.get(conversationId)).view.pages[number];

  // The doors
  const hosts = () => new Set(ownHosts().map((name) => (port === 443 ? name : `${name}:${port}`)));
  const sockets = createSockets({
    ...{ execute, findLog, clock, logger, presence },
    access: admission.access,
    epoch: store.epoch,
    buildId: assets.buildId,
  });
  const api = { execute, findLog, findPage, uploads, clock, presence };
  const socketPath = await privateSocketPath(home, options.env['XDG_RUNTIME_DIR']);
  await rm(socketPath, { force: true });
  const doors = {
    ...admission,
    ...{ api, assets, sockets, clock, logger, certificates, guard: { hosts, remoteHost: () => remote.host } },
    isPreviewPort: (at: number) => previewing.previews.list().some(({ port: own }) => own === at),
    limits: options.limits ?? {},
    addresses: () => [
      ...addressList(config.host).map((host) => `https://${host}:${port}`),
      ...(remote.current ? [remote.current.url] : []),
    ],
  };
  await endLeftTunnel(home, processes);
  // What an earlier daemon left is settled before anyone can ask for more.
  if (wasLost) {
    await conversations.listAgain();
    options.say(
      'The list of conversations was damaged and was made anew; what was damaged is kept beside it.',
    );
  }
  await lobby.record({ type: 'daemon.started', daemonId, version: options.version });
  for (const change of missed(lobby.view.devices, devices.list())) await lobby.record(change);
  await conversations.recover(await runs.recover());
  await previewing.previews.recover();
  const outer = await listenPublic({ ...doors, host: config.host, port: config.port }).catch(
    async (error: unknown) => {
      await lock.release();
      throw error;
    },
  );
  port = outer.port;
  const inner = await listenPrivate({ api, owner, logger, path: socketPath });

  // Life
  void health.check();
  const open = (path: string) => void openPage(path).catch((error: unknown) => logger.error('open', error));
  atComputer = createAtComputer({
    ...{ home, lobby, conversations, presence, clock, logger, openPage: open, awoke: sockets.renew },
    ...{ desktop: options.desktop, settings: () => settings.current, quit: options.quit, say: options.say },
    act: (command) => execute(command, owner),
    openFolder: (path) => void openInBrowser(path),
  });
  logger.info('ready', { port, version: options.version });

  return {
    urls: urls(),
    startPairing: async () =>
      commands['pairing.start'].result.parse(await execute({ type: 'pairing.start' }, owner)),
    openPage,
    isNew: devices.list().every((device) => device.kind !== 'phone'),
    async close() {
      health.close();
      settings.close();
      certificates.close();
      await remote.stop();
      await atComputer?.close();
      sockets.close();
      await previewing.close();
      await Promise.all([outer.close(), inner.close()]);
      await devices.close();
      await conversations.close();
      await store.close();
      disk.close();
      await lock.release();
    },
  };
}
