// Drives and their places.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/drives', load: () => import('./Drives.svelte') },
  { path: '/drives/:id', load: () => import('./Drive.svelte') },
];
