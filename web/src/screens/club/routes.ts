// The club: its members, who may give, places held for them, who came.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

const needs: Route['needs'] = ['club_lead'];

export const routes: Route[] = [
  { path: '/club', load: () => screens().then((all) => all.Clubs()), needs },
  { path: '/club/:id', load: () => screens().then((all) => all.Club()), needs },
  { path: '/club/:id/members', load: () => screens().then((all) => all.Members()), needs },
  { path: '/club/:id/add', load: () => screens().then((all) => all.AddMember()), needs },
  { path: '/club/:id/this-week', load: () => screens().then((all) => all.ThisWeek()), needs },
  { path: '/club/:id/relay', load: () => screens().then((all) => all.Relay()), needs },
  { path: '/club/:id/came', load: () => screens().then((all) => all.Came()), needs },
  { path: '/club/:id/cards', load: () => screens().then((all) => all.Cards()), needs },
  { path: '/club/:id/drives', load: () => screens().then((all) => all.Drives()), needs },
  { path: '/club/:id/drives/:drive', load: () => screens().then((all) => all.Places()), needs },
  { path: '/club/:id/drives/:drive/holds/:hold', load: () => screens().then((all) => all.Names()), needs },
];
