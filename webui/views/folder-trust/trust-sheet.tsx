// What a project would have Claude Code run or allow, word for word, and the person's answer to that.
import type { Brought, FolderTrust } from '../../../daemon/protocol/trust.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { folderName } from '../now/rows.tsx';
import { Sheet } from '../sheet.tsx';
import { knownTrust } from './known-trust.ts';
import { groupsOf } from './trust-words.ts';

export function TrustSheet({ conversation }: { conversation: OpenConversation }) {
  const { command, navigation, access } = useApp();
  const { cwd } = conversation.view.value;
  const known = knownTrust(cwd);
  const { isRunning, trouble, run } = useAction();
  const trust = known.value;
  const mayTrust = access.scopes.includes('approve');
  const lookAgain = async () => {
    known.value = await command('folder.inspect', { path: cwd });
  };
  const settle = (act: () => Promise<unknown>) =>
    run(async () => {
      // What was shown may be out of date: then the new list is shown, and asked about anew.
      try {
        await act();
      } finally {
        await lookAgain();
      }
      navigation.back();
    });
  return (
    <Sheet label={`Trust ${folderName(cwd)}?`}>
      <div class="sheet-form folder-trust">
        {trust === undefined ? (
          <p class="quiet">The computer has not said what this folder brings along.</p>
        ) : (
          <What trust={trust} />
        )}
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {!mayTrust && <p class="quiet">This device may not decide on that.</p>}
      </div>
      <div class="sheet-form buttons-below">
        {trust?.state === 'trusted' ? (
          <button
            type="button"
            class="button bad"
            disabled={!mayTrust || isRunning.value}
            onClick={() => settle(() => command('folder.distrust', { path: cwd }))}
          >
            No longer trust it
          </button>
        ) : (
          <div class="buttons">
            <button type="button" class="button" onClick={() => navigation.back()}>
              Leave it off
            </button>
            <button
              type="button"
              class="button primary"
              disabled={!trust || !mayTrust || isRunning.value}
              onClick={() =>
                trust && settle(() => command('folder.trust', { path: cwd, brings: trust.brings }))
              }
            >
              Trust it
            </button>
          </div>
        )}
      </div>
    </Sheet>
  );
}

function What({ trust }: { trust: FolderTrust }) {
  const { brings, unreadable, state } = trust;
  const groups = groupsOf(brings);
  return (
    <>
      <p>{introductions[state]}</p>
      {groups.map(({ title, items }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul>
            {items.map((item, index) => (
              <One key={index} item={item} />
            ))}
          </ul>
        </section>
      ))}
      {unreadable.map((file) => (
        <p key={file}>
          <code dir="ltr">{file}</code> cannot be read here; Claude Code may understand it all the same.
        </p>
      ))}
      {groups.length + unreadable.length === 0 && (
        <p class="quiet">
          It brings no hooks, servers or rules. Its commands and skills can be used when it is trusted.
        </p>
      )}
    </>
  );
}

const introductions: Readonly<Record<FolderTrust['state'], string>> = {
  untrusted:
    'Claude Code would run or allow the following by itself. Trust the project only when you know who made it. Until then Claude works here with your own settings only.',
  changed: 'It was trusted, but would run something else by now. Until you look it is off.',
  trusted: 'You trust this project to run and allow the following. When that changes you are asked again.',
};

function One({ item: { name, detail, file } }: { item: Brought }) {
  return (
    <li>
      <p>
        <b>{name}</b> <span class="quiet">{file}</span>
      </p>
      <code dir="ltr">{detail}</code>
    </li>
  );
}
