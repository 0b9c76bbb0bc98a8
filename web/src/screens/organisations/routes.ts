// Bodies: the tree, their targets and figures, and the clusters in which they are compared.
import type { Route } from '$lib/router.svelte';

const sees: Route['needs'] = ['coordinator', 'auditor', 'admin'];
const rules: Route['needs'] = ['admin'];

export const routes: Route[] = [
  { path: '/coordinator/numbers', load: () => import('./Numbers.svelte'), needs: sees },
  { path: '/coordinator/clusters', load: () => import('./Clusters.svelte'), needs: sees },
  { path: '/admin/organisations', load: () => import('./Tree.svelte'), needs: rules },
  { path: '/admin/organisations/new', load: () => import('./NewBody.svelte'), needs: rules },
  { path: '/admin/organisations/:id', load: () => import('./OneBody.svelte'), needs: rules },
  { path: '/setup', load: () => import('./Setup.svelte') },
];
