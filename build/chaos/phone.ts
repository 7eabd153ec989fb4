// A phone as a process of its own: the web app's connection, store and outbox as they are, over the bad network, with a person
// who does things by chance. Bundled and started by phones.ts, which may kill it at any time; what must last is in files.
import { effect } from '@preact/signals';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConversationView } from '../../daemon/protocol/view.ts';
import { keepDelivering } from '../../webui/app.ts';
import { connect } from '../../webui/connection/connection.ts';
import { forgetGone } from '../../webui/gone-conversations.ts';
import { openOutbox } from '../../webui/outbox.ts';
import type { StoredMessage } from '../../webui/outbox-entries.ts';
import { createStore, type OpenConversation } from '../../webui/store.ts';
import { createPerson } from './behaviour.ts';
import { openJournal } from './journal.ts';
import { journalled } from './journalled.ts';
import { makePageWorld, openFileDatabase, wakeUp } from './page-world.ts';
import type { Asked, PhoneReport, PhoneSpec } from './phones.ts';
import { createRandom } from './random.ts';

const spec: PhoneSpec = JSON.parse(process.argv[2] ?? '');
makePageWorld({ host: spec.host, proxyPort: spec.proxyPort, ca: readFileSync(spec.certificate, 'utf8') });
const journal = openJournal(spec.journal);
process.on('uncaughtException', (error) => {
  journal({ did: 'failed', error: `the phone ${spec.name}: ${error.stack ?? error}` });
  process.exit(1);
});

const database = openFileDatabase(spec.folder);
const access = {
  token: async () => spec.token,
  drop: () => undefined,
  giveUp: () => undefined,
  renewalInMs: 1e8,
  scopes: [],
};
const choice = { preferred: async () => spec.way, rememberFailure: async () => undefined };
const connection = connect({ access, choice });
const pages = { fetchPage: async () => [], startedOver: () => undefined };
const store = createStore({ follow: journalled(connection.follow, journal) }, pages);

const idOfText = new Map<string, string>();
const disk: typeof database = {
  ...database,
  async put(name, key, value) {
    await database.put(name, key, value);
    if (name !== 'outbox') return;
    const { conversationId: log, text } = value as StoredMessage;
    idOfText.set(text, key);
    journal({ did: 'send', log, clientId: key, text });
  },
};
const outbox = await openOutbox(disk, async ({ conversationId, clientId, text, steer }) => {
  const input = { conversationId, clientId, text, ...(steer && { steer }) };
  const done = await connection.command('message.send', input);
  journal({ did: 'acked', log: conversationId, clientId, eventId: done.eventId });
  return done;
});
keepDelivering(connection, outbox);

const open = new Map<string, OpenConversation>();
effect(() => {
  for (const id of Object.keys(store.lobby.value.conversations))
    if (!open.has(id)) open.set(id, store.open(id));
});

const isListed = (id: string) => Object.hasOwn(store.lobby.value.conversations, id);
forgetGone({
  ...{ lobby: store.lobby, lobbyState: store.lobbyState },
  kept: new Set(outbox.entries.value.map(({ conversationId }) => conversationId)),
  forget(id) {
    open.delete(id);
    outbox.startOver(id);
  },
});

const waiting = () => outbox.entries.value.filter((entry) => entry.state === 'waiting').length;
const views = (): [string, ConversationView][] => [...open].map(([id, { view }]) => [id, view.value]);
const person = createPerson({
  client: {
    command: connection.command,
    get listed() {
      const { last, conversations } = store.lobby.value;
      return last === 0 ? undefined : Object.keys(conversations).length;
    },
    views: () => views().filter(([id, view]) => view.last > 0 && isListed(id)),
    async send(conversationId, text, steer) {
      await (steer ? outbox.addSteering(conversationId, text) : outbox.add(conversationId, text));
      return idOfText.get(text) ?? '';
    },
    get waiting() {
      return waiting();
    },
  },
  ...{ journal, name: spec.name, project: spec.project, random: createRandom(spec.seed) },
});

let isQuiet = false;
process.on('message', (asked: Asked) => {
  if (asked === 'quiet') isQuiet = true;
  if (asked === 'wake') wakeUp();
  if (asked !== 'report') return;
  const report: PhoneReport = {
    waiting: waiting(),
    refused: outbox.entries.value.filter(
      ({ state, conversationId }) => state === 'refused' && isListed(conversationId),
    ).length,
    state: connection.state.value.kind,
    lobby: store.lobby.value,
    views: Object.fromEntries(views()),
  };
  process.send?.(report);
});
process.on('disconnect', () => process.exit(0));

const random = createRandom(`${spec.seed}/rhythm`);
for (;;) {
  await pause(random.between(5, 90) * (spec.slowness ?? 1));
  // Not waited for: a person presses the next thing while the last is under way.
  void (isQuiet ? person.answer() : person.act()).catch((error: unknown) => {
    journal({ did: 'failed', error: `the phone ${spec.name}: ${error}` });
  });
}
