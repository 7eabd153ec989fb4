// What a pick in the tray's menu, or on a notice, does. Acts go through the same commands as everybody's.
/** Gives a command as whoever sits at the computer. */
export type Act = (command: { readonly type: string; readonly [field: string]: unknown }) => Promise<unknown>;

export interface Picks {
  readonly act: Act;
  /** Never throws. */
  readonly openPage: (path: string) => void;
  readonly openLogs: () => void;
  readonly toggleAwake: () => Promise<void>;
  readonly toggleLogin: () => Promise<void>;
  readonly quit: () => void;
  readonly failed: (error: unknown) => void;
}

/** `itemId` is a word, and behind colons what it is about. */
export function pickIn(picks: Picks, itemId: string): void {
  const { act, openPage } = picks;
  const [kind = '', about = '', ...rest] = itemId.split(':');
  const requestId = rest.join(':');
  const conversationId = about;
  const answer = (behavior: 'allow' | 'deny') =>
    act({ type: 'permission.answer', conversationId, requestId, behavior });
  const acts: Readonly<Record<string, () => unknown>> = {
    open: () => openPage('/'),
    pair: () => openPage('/pair'),
    pairing: () => openPage('/pair'),
    devices: () => openPage('/devices'),
    confirmation: () => openPage('/devices'),
    conversation: () => openPage(`/c/${conversationId}`),
    preview: () => openPage(`/preview/${about}`),
    'stop-preview': () => act({ type: 'preview.stop', previewId: about }),
    doctor: () => openPage('/doctor'),
    logs: picks.openLogs,
    allow: () => answer('allow'),
    deny: () => answer('deny'),
    stop: () => act({ type: 'turn.stop', conversationId }),
    pause: () => act({ type: 'daemon.pause' }),
    resume: () => act({ type: 'daemon.resume' }),
    awake: picks.toggleAwake,
    login: picks.toggleLogin,
    quit: picks.quit,
  };
  // Answered elsewhere in the same moment, or over by itself: what is shown says so already.
  Promise.resolve(acts[kind]?.()).catch(picks.failed);
}
