// One's own visits and tickets.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [
  { path: '/me/registrations', load: () => import('./Visits.svelte'), needs: 'donor' },
  { path: '/me/registrations/:id', load: () => import('./Ticket.svelte'), needs: 'donor' },
  { path: '/me/registrations/:id/questions', load: () => import('./Questions.svelte'), needs: 'donor' },
];
