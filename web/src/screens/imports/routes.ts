// Lists from files or pasted: taking one in, looking at its rows, applying, undoing.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

const needs: Route['needs'] = ['club_lead', 'drive_staff', 'nurse', 'coordinator', 'admin'];

export const routes: Route[] = [
  { path: '/imports', load: () => screens().then((all) => all.Lists()), needs },
  { path: '/imports/new', load: () => screens().then((all) => all.NewList()), needs },
  { path: '/imports/:id', load: () => screens().then((all) => all.OneList()), needs },
];
