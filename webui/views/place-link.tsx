// A link to a place of the app: a real one, so that it can be opened elsewhere, followed without loading the page anew.
import type { ComponentChildren } from 'preact';
import { type Place, pathOf } from '../route.ts';
import { useApp } from './app-context.ts';

interface Props {
  readonly to: Place;
  readonly class?: string;
  readonly label?: string;
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}

export function PlaceLink({ to, label, isCurrent, children, ...rest }: Props) {
  const { navigation } = useApp();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigation.go(to);
  };
  return (
    <a
      {...rest}
      href={pathOf(to)}
      onClick={follow}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      draggable={false}
    >
      {children}
    </a>
  );
}
