// The club: its members, who may give, places held for them.
import type { Route } from '$lib/router.svelte';

const needs: Route['needs'] = ['club_lead'];

export const routes: Route[] = [
  { path: '/club', load: () => import('./Clubs.svelte'), needs },
  { path: '/club/:id', load: () => import('./Club.svelte'), needs },
  { path: '/club/:id/members', load: () => import('./Members.svelte'), needs },
  { path: '/club/:id/add', load: () => import('./AddMember.svelte'), needs },
  { path: '/club/:id/this-week', load: () => import('./ThisWeek.svelte'), needs },
  { path: '/club/:id/cards', load: () => import('./Cards.svelte'), needs },
  { path: '/club/:id/drives', load: () => import('./Drives.svelte'), needs },
  { path: '/club/:id/drives/:drive', load: () => import('./Places.svelte'), needs },
  { path: '/club/:id/drives/:drive/holds/:hold', load: () => import('./Names.svelte'), needs },
];
