// The files of the screens of bodies.
export const Numbers = () => import('./Numbers.svelte');
export const Clusters = () => import('./Clusters.svelte');
export const Tree = () => import('./Tree.svelte');
export const NewBody = () => import('./NewBody.svelte');
export const OneBody = () => import('./OneBody.svelte');
export const Setup = () => import('./Setup.svelte');
