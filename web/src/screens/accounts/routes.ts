// Coming in.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/sign-in', load: () => import('./SignIn.svelte') },
  { path: '/sign-up', load: () => import('./SignUp.svelte') },
  { path: '/reset-password', load: () => import('./Reset.svelte') },
  { path: '/join', load: () => import('./Join.svelte') },
];
