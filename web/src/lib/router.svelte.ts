// Which screen an address asks for, over the browser's own history.
import type { Component } from 'svelte';
import type { Shapes } from './api';

/** A screen: where it is, how it is loaded, and who may see it. */
export interface Route {
  /** Below `/app`, as `/drives/:id`. */
  path: string;
  /** A screen takes its path's parts as properties. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each screen names its own properties
  load: () => Promise<{ default: Component<any> }>;
  /** `donor`: anybody signed in; a role: only with it; nothing: anyone. */
  needs?: 'donor' | Shapes['Role'][];
  /** Shown without header and navigation: boards and prints. */
  bare?: boolean;
}

const BASE = '/app';

class Router {
  path = $state(inside(location.pathname));
  query = $state(new URLSearchParams(location.search));
  /** How many screens were opened since the app was, so that "back" knows whether there is one. */
  depth = $state(0);

  start(): void {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => this.read(Math.max(0, this.depth - 1)));
    addEventListener('click', (event) => this.follow(event));
  }

  /** Opens a screen: `goto('/drives')`. */
  goto(path: string, options: { replace?: boolean } = {}): void {
    history.replaceState({ ...history.state, top: scrollY }, '');
    if (options.replace) history.replaceState({}, '', BASE + path);
    else history.pushState({}, '', BASE + path);
    this.read(options.replace ? this.depth : this.depth + 1);
  }

  /** Writes what is searched for into the address without opening anything. */
  keepQuery(query: Record<string, string>): void {
    const kept = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
    const text = kept.toString();
    history.replaceState(history.state, '', location.pathname + (text ? `?${text}` : ''));
    this.query = kept;
  }

  /** Where the reader was on this screen before. */
  get top(): number {
    return Number((history.state as { top?: number } | null)?.top ?? 0);
  }

  private read(depth: number): void {
    this.depth = depth;
    this.path = inside(location.pathname);
    this.query = new URLSearchParams(location.search);
  }

  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname !== BASE && !link.pathname.startsWith(`${BASE}/`)) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    this.goto(inside(link.pathname) + link.search);
  }
}

function inside(pathname: string): string {
  const rest = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname;
  return rest.replace(/\/+$/, '') || '/';
}

/** The address of a screen for a link: `href('/drives')`. */
export function href(path: string): string {
  return BASE + path;
}

/** The first route that fits, with the parts of the path by name. */
export function match(
  routes: Route[],
  path: string,
): { route: Route; params: Record<string, string> } | null {
  const given = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (wanted.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, place) => {
      const text = given[place] ?? '';
      if (!part.startsWith(':')) return part === text;
      params[part.slice(1)] = decodeURIComponent(text);
      return text !== '';
    });
    if (fits) return { route, params };
  }
  return null;
}

export const router = new Router();
