// The words of these screens.
import vi from '$messages/accounts.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/accounts.en.json'));
