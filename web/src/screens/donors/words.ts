// The words of these screens.
import vi from '$messages/donors.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/donors.en.json'));
