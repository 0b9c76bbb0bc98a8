// May I give, and what giving is like.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/check', load: () => import('./Check.svelte') },
  { path: '/giving', load: () => import('./Giving.svelte') },
];
