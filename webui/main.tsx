// The page's beginning: secrets off the URL, then who this device is, then either the app or the way to get paired.
import { entry } from './entry-fragment.ts';
import './styles/all.css';
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { AppError } from '../daemon/protocol/errors.ts';
import { type App, createApp } from './app.ts';
import { asDiskMay, type Database, openDatabase } from './database.ts';
import { arrive, enrol, type Identity, signIn } from './identity.ts';
import { keepIdentity, loadIdentity } from './kept-identity.ts';
import { createNavigation } from './navigation.ts';
import { placeOf } from './route.ts';
import { Root, type Stage } from './views/root.tsx';
import { followVisibleHeight } from './visible-height.ts';

const stage = signal<Stage>({ kind: 'starting' });
const navigation = createNavigation();

async function start(): Promise<void> {
  if (navigation.place.value.kind === 'trust') {
    stage.value = { kind: 'trust' };
    return;
  }
  let database: Database;
  try {
    database = await openDatabase();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    stage.value = {
      kind: 'stuck',
      sentence:
        'This browser keeps no data for this page, perhaps because it is a private window. Open it in a normal one.',
    };
    return;
  }
  const identity = await loadIdentity(database);
  const onPaired = (paired: Identity) => void enter(database, paired);
  if (entry?.kind === 'phone') {
    stage.value = { kind: 'pairing', scanned: entry, database, onPaired };
  } else if (entry?.kind === 'moved') {
    await enterFromElsewhere(database, identity, entry);
  } else if (entry?.kind === 'computer') {
    await enterWithTicket(database, identity, entry);
  } else if (identity) {
    await enter(database, identity);
  } else if (navigation.place.value.kind === 'pairPhone') {
    stage.value = { kind: 'pairing', scanned: undefined, database, onPaired };
  } else {
    stage.value = { kind: 'stranger', wasKnown: false };
  }
}

/** The computer's own browser. It may have been here before: then its key is as good as the ticket. */
async function enterWithTicket(
  database: Database,
  before: Identity | undefined,
  { ticket, daemonId, to }: { ticket: string; daemonId: string; to: string },
): Promise<void> {
  try {
    const known = before?.kind === 'computer' && (await stillKnown(before)) ? before : undefined;
    const identity = known ?? (await enrol(ticket, daemonId));
    if (!known) await keepIdentity(database, identity);
    navigation.replace(placeOf(to));
    show(await build(database, identity));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    stage.value = {
      kind: 'stuck',
      sentence: `${error.message} Open Porchlight from its icon on the computer again.`,
    };
  }
}

/** A device that came from another address of the computer; if it has been at this one before, it is known here. */
async function enterFromElsewhere(
  database: Database,
  before: Identity | undefined,
  move: Extract<typeof entry, { kind: 'moved' }>,
): Promise<void> {
  try {
    const isSame = before?.daemonId === move.daemonId;
    const known = isSame && (await stillKnown(before)) ? before : undefined;
    const identity = known ?? (await arrive(move));
    if (!known) await keepIdentity(database, identity);
    await enter(database, identity);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    stage.value = { kind: 'stuck', sentence: error.message };
  }
}

async function stillKnown(identity: Identity): Promise<boolean> {
  try {
    await signIn(identity);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function enter(database: Database, identity: Identity): Promise<void> {
  const app = await build(database, identity);
  const { kind } = navigation.place.value;
  const isDoor = kind === 'pairPhone' || kind === 'enter' || kind === 'moved';
  if (isDoor || kind === 'nowhere') navigation.replace({ kind: 'now' });
  show(app);
}

/** Until the computer says that it does not know this device any more: then nothing of it stays here. */
function show(app: App): void {
  stage.value = { kind: 'app', app };
  const stop = effect(() => {
    if (app.connection.state.value.kind !== 'ended') return;
    void asDiskMay(app.database.end());
    stage.value = { kind: 'stranger', wasKnown: true };
    queueMicrotask(() => stop());
  });
}

function build(database: Database, identity: Identity): Promise<App> {
  return createApp({ database, identity, navigation });
}

followVisibleHeight();
const root = document.getElementById('app');
if (root) render(<Root stage={stage} />, root);
void start();
