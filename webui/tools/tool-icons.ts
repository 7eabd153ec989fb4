// Which picture stands for which kind of tool. Single imports, so that only these are bundled.
import {
  Bot,
  FilePenLine,
  FilePlus,
  FileText,
  FolderSearch,
  Globe,
  type IconNode,
  ListTodo,
  Map as MapIcon,
  MessageCircleQuestionMark,
  Plug,
  Search,
  Sparkles,
  SquareTerminal,
  TextSearch,
  Wrench,
} from 'lucide';
import type { IconName } from './tool-words.ts';

export const toolIcons = {
  agent: Bot,
  ask: MessageCircleQuestionMark,
  command: SquareTerminal,
  edit: FilePenLine,
  find: FolderSearch,
  plan: MapIcon,
  plug: Plug,
  read: FileText,
  search: TextSearch,
  skill: Sparkles,
  tasks: ListTodo,
  web: Globe,
  webSearch: Search,
  wrench: Wrench,
  write: FilePlus,
} satisfies Record<IconName, IconNode>;
