// The sheet that starts a conversation: choose the project's folder, and the composer is next.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { completions, type Folder, folderToBrowse, grouped, isPath, matching } from './folder-choice.ts';
import { FolderList } from './folder-list.tsx';

export function NewConversation() {
  const { command, connection, navigation } = useApp();
  const typed = useSignal('');
  const known = useSignal<{ root: string; folders: readonly Folder[] } | undefined>(undefined);
  const browsed = useSignal<{ parent: string; path: string; folders: readonly Folder[] } | undefined>(
    undefined,
  );
  const loading = useAction();
  const starting = useAction();
  const isLive = connection.state.value.kind === 'live';

  useEffect(() => {
    if (!isLive || known.value) return;
    loading.run(async () => {
      known.value = await command('project.list', {});
    });
  }, [isLive]);

  const parent = isPath(typed.value) ? folderToBrowse(typed.value) : undefined;
  useEffect(() => {
    if (parent === undefined || browsed.value?.parent === parent) return;
    // A folder that is not there has no folders in it; the path may still be on its way.
    command('project.browse', { path: parent }).then(
      ({ path, folders }) => {
        browsed.value = { parent, path, folders };
      },
      () => {
        browsed.value = { parent, path: parent, folders: [] };
      },
    );
  }, [parent]);

  const start = (cwd: string) =>
    starting.run(async () => {
      const { conversationId } = await command('conversation.create', { cwd });
      navigation.replace({ kind: 'conversation', conversationId });
    });
  const complete = ({ name }: Folder) => {
    typed.value = `${parent === '/' ? '' : parent}/${name}/`;
  };
  const isBrowsing = parent !== undefined;
  const { recent, others } = grouped(matching(typed.value, known.value?.folders ?? []));

  return (
    <Sheet label="New conversation">
      <form
        class="search"
        onSubmit={(event) => {
          event.preventDefault();
          const first = recent[0] ?? others[0];
          const cwd = isBrowsing ? typed.value.trim() : first?.path;
          if (cwd) start(cwd);
        }}
      >
        <input
          type="search"
          aria-label="Search projects, or type a path"
          placeholder="Search, or a path like ~/code"
          autocapitalize="off"
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="go"
          value={typed}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        {isBrowsing && (
          <button type="submit" class="button primary" disabled={starting.isRunning}>
            Start here
          </button>
        )}
      </form>
      {[starting.trouble, loading.trouble].map(
        (trouble, index) =>
          trouble.value !== '' && (
            <p key={index} class="trouble" role="alert">
              {trouble}
            </p>
          ),
      )}
      <div class="sheet-scroll">
        {isBrowsing ? (
          <FolderList
            title={browsed.value?.path ?? ''}
            folders={completions(typed.value, browsed.value?.folders ?? [])}
            onPick={complete}
          />
        ) : (
          <>
            <FolderList title="Recent" folders={recent} onPick={({ path }) => start(path)} />
            <FolderList
              title={known.value?.root ?? ''}
              inside={known.value?.root}
              folders={others}
              onPick={({ path }) => start(path)}
            />
            {known.value && recent.length + others.length === 0 && (
              <p class="quiet">No project by that name. Type a path to use another folder.</p>
            )}
            {!isLive && !known.value && (
              <p class="quiet">The projects are on the computer, which is not there now.</p>
            )}
          </>
        )}
      </div>
    </Sheet>
  );
}
