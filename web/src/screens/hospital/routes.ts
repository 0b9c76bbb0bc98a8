// A hospital's urgent needs.
import type { Route } from '$lib/router.svelte';

const needs: Route['needs'] = ['hospital'];

export const routes: Route[] = [
  { path: '/hospital', load: () => import('./Calls.svelte'), needs },
  { path: '/hospital/new', load: () => import('./NewCall.svelte'), needs },
  { path: '/hospital/calls/:id', load: () => import('./Call.svelte'), needs: ['hospital', 'coordinator'] },
];
