// The files of the screens of administration.
export const Admin = () => import('./Admin.svelte');
export const People = () => import('./People.svelte');
export const Queues = () => import('./Queues.svelte');
