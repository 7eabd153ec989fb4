// What Porchlight makes in its home, by name. What is not here is somebody else's, and is never removed. Worktrees are not: they
// hold the person's work.

export const homeContents: readonly string[] = [
  ...['config.json', 'state.json', 'trusted-folders.json', 'background.json', 'previews.json', 'tunnel.json'],
  ...['epoch', 'epoch.mark', 'lock', 'daemon.sock', 'reserve'],
  ...['audit', 'conversations', 'lobby', 'logs', 'open', 'previews', 'runs', 'tls', 'tray', 'uploads'],
];
