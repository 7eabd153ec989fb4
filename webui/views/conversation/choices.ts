// What a person may choose for a conversation, in plain words, and how what is in force is named on a chip. Pure: sends nothing.
import type { CatalogModel } from '../../../daemon/protocol/catalog.ts';
import type { Effort, Mode } from '../../../daemon/protocol/events.ts';

export type Danger = 'calm' | 'neutral' | 'careful' | 'danger';

interface ModeWords {
  readonly name: string;
  readonly means: string;
  readonly danger: Danger;
}

const modeWords = {
  default: {
    name: 'Ask',
    means: 'Claude looks around freely, and asks before it changes anything.',
    danger: 'neutral',
  },
  acceptEdits: {
    name: 'Accept edits',
    means: 'Claude changes files in the project unasked; anything else still waits for you.',
    danger: 'careful',
  },
  plan: {
    name: 'Plan',
    means: 'Claude reads and makes a plan, and changes nothing until you agree.',
    danger: 'calm',
  },
  bypassPermissions: {
    name: 'Bypass',
    means: 'Everything runs unasked, deleting and the network too.',
    danger: 'danger',
  },
  dontAsk: {
    name: 'Don’t ask',
    means: 'What is not allowed beforehand is refused without asking you.',
    danger: 'calm',
  },
  auto: { name: 'Auto', means: 'Claude Code judges by itself what needs you.', danger: 'careful' },
} as const satisfies Record<Mode, ModeWords>;

/** A mode of a newer CLI keeps its own name. */
export function wordsOfMode(mode: string): ModeWords {
  return isMode(mode) ? modeWords[mode] : { name: mode, means: '', danger: 'careful' };
}

function isMode(mode: string): mode is Mode {
  return Object.hasOwn(modeWords, mode);
}

export const offeredModes = ['default', 'acceptEdits', 'plan'] as const satisfies readonly Mode[];

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  readonly means: string;
}

/** Until Claude Code has told its own. */
const usualModels: readonly Choice<string | null>[] = [
  { value: null, name: 'Default', means: 'Whatever Claude Code is set to on the computer.' },
  { value: 'opus', name: 'Opus', means: 'The most able; slower, and costs the most.' },
  { value: 'sonnet', name: 'Sonnet', means: 'Good at nearly everything, and quick.' },
  { value: 'haiku', name: 'Haiku', means: 'The fastest and cheapest, for small things.' },
];

const allEfforts: readonly Choice<Effort | null>[] = [
  { value: null, name: 'Default', means: 'Whatever Claude Code is set to on the computer.' },
  { value: 'low', name: 'Low', means: 'Answers at once, thinks little.' },
  { value: 'medium', name: 'Medium', means: 'Thinks where it pays.' },
  { value: 'high', name: 'High', means: 'Thinks before most steps.' },
  { value: 'xhigh', name: 'Extra high', means: 'Thinks long; for hard things.' },
  { value: 'max', name: 'Max', means: 'As long as it takes, whatever it costs.' },
];

/** `claude-opus-4-5-20251101` → `opus 4.5`; anything else as it is, without `claude-`. */
export function shortModel(model: string): string {
  const id = model.replace(/^claude-/, '').replace(/-\d{8}/, '');
  const parts =
    /^(?<name>[a-z]+)-(?<version>\d+(?:-\d+)?)(?<rest>.*)$/.exec(id)?.groups ??
    /^(?<version>\d+(?:-\d+)?)-(?<name>[a-z]+)(?<rest>.*)$/.exec(id)?.groups;
  if (!parts) return id;
  return `${parts['name']} ${parts['version']?.replace('-', '.')}${parts['rest']}`;
}

/** What stands for leaving the choice to Claude Code in its own list. */
const byDefault = 'default';

/** As Claude Code names and describes them; `models` is empty as long as it has not. */
export function offeredModels(models: readonly CatalogModel[]): readonly Choice<string | null>[] {
  if (models.length === 0) return usualModels;
  return models.map(({ value, name, description }) => ({
    value: value === byDefault ? null : value,
    name,
    means: description,
  }));
}

/** Those that the chosen model knows, and the one in force; all where nobody says. */
export function offeredEfforts(
  models: readonly CatalogModel[],
  view: Pick<Chosen, 'chosenModel' | 'effort'>,
): readonly Choice<Effort | null>[] {
  const model = entryOf(models, view.chosenModel);
  if (!model) return allEfforts;
  return allEfforts.filter(
    ({ value }) => value === null || value === view.effort || model.efforts.includes(value),
  );
}

interface Chosen {
  readonly chosenModel: string | null;
  /** What Claude Code said is in force; null, or the choice itself, until it did. */
  readonly model: string | null;
  readonly effort: Effort | null;
}

/** What is in force by its full name where that is known, otherwise the choice. */
export function modelChip(view: Chosen, models: readonly CatalogModel[]): string {
  const { chosenModel, effort } = view;
  const said = view.model === chosenModel ? null : view.model;
  const name = said ?? entryOf(models, chosenModel)?.resolved ?? chosenModel;
  const model = name === null ? 'Default' : shortModel(name);
  return effort === null ? model : `${model} · ${nameOfEffort(effort).toLowerCase()}`;
}

function entryOf(models: readonly CatalogModel[], chosen: string | null): CatalogModel | undefined {
  return models.find(({ value }) => value === (chosen ?? byDefault));
}

function nameOfEffort(effort: Effort): string {
  return allEfforts.find(({ value }) => value === effort)?.name ?? effort;
}
