// What a coordinator works with: requests to vouch for, and drives from the plan to the signed numbers.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

const sees: Route['needs'] = ['coordinator', 'auditor', 'admin'];
const plans: Route['needs'] = ['coordinator', 'admin'];

export const routes: Route[] = [
  { path: '/coordinator', load: () => screens().then((all) => all.Overview()), needs: sees },
  { path: '/coordinator/requests', load: () => screens().then((all) => all.Requests()), needs: plans },
  { path: '/coordinator/drives', load: () => screens().then((all) => all.DriveList()), needs: sees },
  { path: '/coordinator/drives/new', load: () => screens().then((all) => all.NewDrive()), needs: plans },
  {
    path: '/coordinator/drives/:id',
    load: () => screens().then((all) => all.DriveDesk()),
    needs: ['coordinator', 'auditor', 'admin', 'drive_staff'],
  },
  {
    path: '/coordinator/drives/:id/edit',
    load: () => screens().then((all) => all.EditDrive()),
    needs: plans,
  },
];
