// What anyone may see without signing in.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/', load: () => import('./Home.svelte') },
  { path: '/drives', load: () => import('./Drives.svelte') },
  { path: '/drives/:id', load: () => import('./Drive.svelte') },
  { path: '/check', load: () => import('./Check.svelte') },
  { path: '/giving', load: () => import('./Giving.svelte') },
  { path: '/sign-in', load: () => import('./SignIn.svelte') },
  { path: '/sign-up', load: () => import('./SignUp.svelte') },
];
