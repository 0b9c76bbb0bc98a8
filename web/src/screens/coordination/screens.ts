// The files of the screens of coordination.
export const Overview = () => import('./Overview.svelte');
export const Requests = () => import('./Requests.svelte');
export const DriveList = () => import('./DriveList.svelte');
export const NewDrive = () => import('./NewDrive.svelte');
export const DriveDesk = () => import('./DriveDesk.svelte');
export const EditDrive = () => import('./EditDrive.svelte');
