// The files of the screens of the reserve.
export const Mine = () => import('./Mine.svelte');
export const Roster = () => import('./Roster.svelte');
export const AddStandby = () => import('./AddStandby.svelte');
