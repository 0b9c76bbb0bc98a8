// The desk of a drive, and the nurse's table.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

const needs: Route['needs'] = ['drive_staff', 'nurse'];

export const routes: Route[] = [
  { path: '/desk', load: () => screens().then((all) => all.Today()), needs },
  { path: '/desk/:drive', load: () => screens().then((all) => all.Desk()), needs },
  { path: '/desk/:drive/scan', load: () => screens().then((all) => all.Scan()), needs },
  { path: '/desk/:drive/walk-in', load: () => screens().then((all) => all.WalkIn()), needs },
  { path: '/desk/:drive/print', load: () => screens().then((all) => all.Print()), needs, bare: true },
  { path: '/desk/:drive/visits/:id', load: () => screens().then((all) => all.Visit()), needs },
  { path: '/desk/:drive/visits/:id/examine', load: () => screens().then((all) => all.Examine()), needs },
];
