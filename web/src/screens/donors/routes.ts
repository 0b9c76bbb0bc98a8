// What a donor sees of themself.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/me', load: () => import('./Me.svelte'), needs: 'donor' },
  { path: '/me/elsewhere', load: () => import('./Elsewhere.svelte'), needs: 'donor' },
  { path: '/me/history', load: () => import('./History.svelte'), needs: 'donor' },
  { path: '/me/profile', load: () => import('./Profile.svelte'), needs: 'donor' },
  { path: '/me/consents', load: () => import('./Consents.svelte'), needs: 'donor' },
  { path: '/me/accesses', load: () => import('./Accesses.svelte'), needs: 'donor' },
  { path: '/me/callers', load: () => import('./Callers.svelte'), needs: 'donor' },
  { path: '/me/export', load: () => import('./Export.svelte'), needs: 'donor' },
  { path: '/me/devices', load: () => import('./Devices.svelte'), needs: 'donor' },
  { path: '/me/leave', load: () => import('./Leave.svelte'), needs: 'donor' },
];
