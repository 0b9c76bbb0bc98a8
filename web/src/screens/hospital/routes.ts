// A hospital's urgent needs, and what coordinators do for them.
import type { Route } from '$lib/router.svelte';

const needs: Route['needs'] = ['hospital'];
const coordinates: Route['needs'] = ['coordinator', 'admin'];
const reviews = () => import('./Reviews.svelte');

export const routes: Route[] = [
  { path: '/hospital', load: () => import('./Calls.svelte'), needs },
  { path: '/hospital/new', load: () => import('./NewCall.svelte'), needs },
  { path: '/hospital/reviews', load: reviews, needs },
  { path: '/coordinator/reviews', load: reviews, needs: coordinates },
  {
    path: '/hospital/calls/:id',
    load: () => import('./Call.svelte'),
    needs: ['hospital', 'coordinator', 'admin'],
  },
];
