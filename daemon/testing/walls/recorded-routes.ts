// What express is told to serve, while it is told: every route and everything else that is put in the way of requests, with
// the address it is mounted at. Only what was mounted after `recordRoutes` is known.
import express, { type Router } from 'express';

interface Mounted {
  readonly path: string;
  readonly name: string;
  readonly router: Router | undefined;
}

interface Recorded {
  /** Of each app, one line each: `POST /auth/pair`, `ANY /api/uploads cutOffWhenRevoked`, in the order of mounting. */
  lists(): readonly (readonly string[])[];
  /** Express is as it was. */
  stop(): void;
}

/** Its `prototype` is what every router inherits from; its types do not say so. */
interface RouterParts {
  route(path: string): { readonly methods: Readonly<Record<string, boolean>> };
  use(...args: readonly unknown[]): unknown;
}

export function recordRoutes(): Recorded {
  const parts = express.Router.prototype as RouterParts;
  const { route, use } = parts;
  const routes = new Map<unknown, { path: string; methods: Readonly<Record<string, boolean>> }[]>();
  const mounted = new Map<unknown, Mounted[]>();
  const inside = new Set<unknown>();

  parts.route = function (this: unknown, path) {
    const made = route.call(this as RouterParts, path);
    routes.set(this, [...(routes.get(this) ?? []), { path, methods: made.methods }]);
    return made;
  };
  parts.use = function (this: unknown, ...args) {
    const path = typeof args[0] === 'string' ? args[0] : '';
    const handlers = args.flat(3).filter((one) => typeof one === 'function') as Router[];
    const known = handlers.map((one) => {
      const isRouter = 'stack' in one;
      if (isRouter) inside.add(one);
      return { path: path === '/' ? '' : path, name: one.name, router: isRouter ? one : undefined };
    });
    mounted.set(this, [...(mounted.get(this) ?? []), ...known]);
    return use.call(this as RouterParts, ...args);
  };

  function listOf(router: unknown, base: string): string[] {
    const own = (routes.get(router) ?? []).flatMap(({ path, methods }) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${base}${path === '/' ? '' : path}`),
    );
    const below = (mounted.get(router) ?? []).flatMap(({ path, name, router: inner }) =>
      inner ? listOf(inner, `${base}${path}`) : [`ANY ${base}${path} ${name}`.replace('  ', ' ').trimEnd()],
    );
    return [...own, ...below];
  }

  return {
    lists() {
      const roots = [...new Set([...routes.keys(), ...mounted.keys()])].filter((one) => !inside.has(one));
      return roots.map((root) => listOf(root, ''));
    },
    stop: () => void Object.assign(parts, { route, use }),
  };
}
