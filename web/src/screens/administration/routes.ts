// What an administrator works with: people, roles, and what could not be sent.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

export const routes: Route[] = [
  { path: '/admin', load: () => screens().then((all) => all.Admin()), needs: ['admin'] },
  {
    path: '/admin/people',
    load: () => screens().then((all) => all.People()),
    needs: ['admin', 'coordinator'],
  },
  { path: '/admin/queues', load: () => screens().then((all) => all.Queues()), needs: ['admin'] },
];
