// What an administrator works with: people, roles, and what could not be sent.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/admin', load: () => import('./Admin.svelte'), needs: ['admin'] },
  { path: '/admin/people', load: () => import('./People.svelte'), needs: ['admin', 'coordinator'] },
  { path: '/admin/queues', load: () => import('./Queues.svelte'), needs: ['admin'] },
];
