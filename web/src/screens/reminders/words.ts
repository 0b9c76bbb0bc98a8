import vi from '$messages/reminders.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/reminders.en.json'));
