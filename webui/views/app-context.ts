// How a view gets at the app: `useApp()`. Nothing else is passed around this way.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../app.ts';

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a view of the app stands outside of it');
  return app;
}
