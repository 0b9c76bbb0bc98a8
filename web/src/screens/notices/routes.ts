// What was sent to oneself, and how one wants to be reached.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/me/messages', load: () => import('./Messages.svelte'), needs: 'donor' },
  { path: '/me/wishes', load: () => import('./Wishes.svelte'), needs: 'donor' },
];
