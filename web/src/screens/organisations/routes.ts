// Bodies: the tree, their targets and figures, and the clusters in which they are compared.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

const sees: Route['needs'] = ['coordinator', 'auditor', 'admin'];
const rules: Route['needs'] = ['admin'];

export const routes: Route[] = [
  { path: '/coordinator/numbers', load: () => screens().then((all) => all.Numbers()), needs: sees },
  { path: '/coordinator/clusters', load: () => screens().then((all) => all.Clusters()), needs: sees },
  { path: '/admin/organisations', load: () => screens().then((all) => all.Tree()), needs: rules },
  { path: '/admin/organisations/new', load: () => screens().then((all) => all.NewBody()), needs: rules },
  { path: '/admin/organisations/:id', load: () => screens().then((all) => all.OneBody()), needs: rules },
  { path: '/setup', load: () => screens().then((all) => all.Setup()) },
];
