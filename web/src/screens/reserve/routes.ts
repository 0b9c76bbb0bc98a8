// Standing by for emergencies: a donor's own word, and a club's roster.
import type { Route } from '$lib/router.svelte';

const screens = () => import('./screens');
const leads: Route['needs'] = ['club_lead'];

export const routes: Route[] = [
  { path: '/me/reserve', load: () => screens().then((all) => all.Mine()), needs: 'donor' },
  { path: '/club/:id/reserve', load: () => screens().then((all) => all.Roster()), needs: leads },
  { path: '/club/:id/reserve/add', load: () => screens().then((all) => all.AddStandby()), needs: leads },
];
