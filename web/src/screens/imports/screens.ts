// The files of the screens of lists.
export const Lists = () => import('./Lists.svelte');
export const NewList = () => import('./NewList.svelte');
export const OneList = () => import('./OneList.svelte');
