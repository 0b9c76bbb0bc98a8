// Totals, the board of a drive, and the report of a period.
import type { Route } from '$lib/router.svelte';

const needs: Route['needs'] = ['coordinator', 'auditor', 'admin'];

export const routes: Route[] = [
  { path: '/coordinator/totals', load: () => import('./Totals.svelte'), needs },
  { path: '/coordinator/report', load: () => import('./Report.svelte'), needs },
  {
    path: '/coordinator/report/print',
    load: () => import('./ReportPrint.svelte'),
    needs,
    bare: true,
  },
  {
    path: '/coordinator/drives/:id/board',
    load: () => import('./Board.svelte'),
    needs: ['coordinator', 'auditor', 'admin', 'drive_staff', 'nurse'],
    bare: true,
  },
  {
    path: '/coordinator/drives/:id/declared',
    load: () => import('./Declared.svelte'),
    needs: ['coordinator', 'admin', 'drive_staff'],
  },
];
