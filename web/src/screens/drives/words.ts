// The words of these screens.
import vi from '$messages/drives.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/drives.en.json'));
