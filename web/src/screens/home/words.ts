// The words of these screens.
import vi from '$messages/home.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/home.en.json'));
