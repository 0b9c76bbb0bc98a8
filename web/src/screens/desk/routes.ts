// The desk of a drive, and the nurse's table.
import type { Route } from '$lib/router.svelte';

const needs: Route['needs'] = ['drive_staff', 'nurse'];

export const routes: Route[] = [
  { path: '/desk', load: () => import('./Today.svelte'), needs },
  { path: '/desk/:drive', load: () => import('./Desk.svelte'), needs },
  { path: '/desk/:drive/scan', load: () => import('./Scan.svelte'), needs },
  { path: '/desk/:drive/walk-in', load: () => import('./WalkIn.svelte'), needs },
  { path: '/desk/:drive/print', load: () => import('./Print.svelte'), needs, bare: true },
  { path: '/desk/:drive/visits/:id', load: () => import('./Visit.svelte'), needs },
  { path: '/desk/:drive/visits/:id/examine', load: () => import('./Examine.svelte'), needs },
];
