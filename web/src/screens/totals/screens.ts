// The files of the screens of totals.
export const Totals = () => import('./Totals.svelte');
export const Report = () => import('./Report.svelte');
export const ReportPrint = () => import('./ReportPrint.svelte');
export const Board = () => import('./Board.svelte');
export const Declared = () => import('./Declared.svelte');
