import vi from '$messages/totals.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/totals.en.json'));
