// The words every screen may need: navigation, buttons, problems.
import vi from '$messages/shell.vi.json';
import { words } from './messages.svelte';

export type Key = keyof typeof vi;
export const t = words(vi, () => import('$messages/shell.en.json'));
