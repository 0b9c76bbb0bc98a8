// The files of the screens of reminders.
export const Reminders = () => import('./Reminders.svelte');
