// A titled list of folders to pick from.
import { Folder as FolderIcon, FolderGit2 } from 'lucide';
import { Icon } from '../../tools/icon.tsx';
import type { Folder } from './folder-choice.ts';

interface Props {
  readonly title: string;
  /** The folder they all lie in, when the title says it already. */
  readonly inside?: string | undefined;
  readonly folders: readonly Folder[];
  readonly onPick: (folder: Folder) => void;
}

export function FolderList({ title, inside, folders, onPick }: Props) {
  if (folders.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="folders">
        {folders.map((folder) => (
          <li key={folder.path}>
            <button type="button" onClick={() => onPick(folder)}>
              <Icon of={folder.isProject ? FolderGit2 : FolderIcon} />
              <span class="name">{folder.name}</span>
              {parentOf(folder.path) !== inside && <span class="path">{parentOf(folder.path)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
