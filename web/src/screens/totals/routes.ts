// Totals, the board of a drive, and the report of a period.
import type { Route } from '$lib/router.svelte';

// Where the screens' files are is learned by those who work here, so that a donor's first visit stays light.
const screens = () => import('./screens');

const needs: Route['needs'] = ['coordinator', 'auditor', 'admin'];

export const routes: Route[] = [
  { path: '/coordinator/totals', load: () => screens().then((all) => all.Totals()), needs },
  { path: '/coordinator/report', load: () => screens().then((all) => all.Report()), needs },
  {
    path: '/coordinator/report/print',
    load: () => screens().then((all) => all.ReportPrint()),
    needs,
    bare: true,
  },
  {
    path: '/coordinator/drives/:id/board',
    load: () => screens().then((all) => all.Board()),
    needs: ['coordinator', 'auditor', 'admin', 'drive_staff', 'nurse'],
    bare: true,
  },
  {
    path: '/coordinator/drives/:id/declared',
    load: () => screens().then((all) => all.Declared()),
    needs: ['coordinator', 'admin', 'drive_staff'],
  },
];
