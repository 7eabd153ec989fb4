// A titled list of folders to pick from.
import { Folder as FolderIcon, FolderGit2 } from 'lucide';
import { Icon } from '../../tools/icon.tsx';
import type { Folder } from './folder-choice.ts';

interface Props {
  readonly title: string;
  readonly folders: readonly Folder[];
  readonly onPick: (folder: Folder) => void;
}

export function FolderList({ title, folders, onPick }: Props) {
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
              <span class="path">{parentOf(folder.path)}</span>
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
