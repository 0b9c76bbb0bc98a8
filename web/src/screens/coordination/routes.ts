// What a coordinator works with: requests to vouch for, and drives from the plan to the signed numbers.
import type { Route } from '$lib/router.svelte';

const sees: Route['needs'] = ['coordinator', 'auditor', 'admin'];
const plans: Route['needs'] = ['coordinator', 'admin'];

export const routes: Route[] = [
  { path: '/coordinator', load: () => import('./Overview.svelte'), needs: sees },
  { path: '/coordinator/requests', load: () => import('./Requests.svelte'), needs: plans },
  { path: '/coordinator/drives', load: () => import('./DriveList.svelte'), needs: sees },
  { path: '/coordinator/drives/new', load: () => import('./NewDrive.svelte'), needs: plans },
  {
    path: '/coordinator/drives/:id',
    load: () => import('./DriveDesk.svelte'),
    needs: ['coordinator', 'auditor', 'admin', 'drive_staff'],
  },
  { path: '/coordinator/drives/:id/edit', load: () => import('./EditDrive.svelte'), needs: plans },
];
