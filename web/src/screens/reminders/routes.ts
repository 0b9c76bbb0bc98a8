// What a coordinator sees of reminders before they go out, and what became of them.
import type { Route } from '$lib/router.svelte';

// Where the screen's files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

export const routes: Route[] = [
  {
    path: '/coordinator/reminders',
    load: () => screens().then((all) => all.Reminders()),
    needs: ['coordinator', 'admin'],
  },
];
