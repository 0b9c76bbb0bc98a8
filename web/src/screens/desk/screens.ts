// The files of the desk's screens.
export const Today = () => import('./Today.svelte');
export const Desk = () => import('./Desk.svelte');
export const Scan = () => import('./Scan.svelte');
export const WalkIn = () => import('./WalkIn.svelte');
export const Print = () => import('./Print.svelte');
export const Visit = () => import('./Visit.svelte');
export const Examine = () => import('./Examine.svelte');
