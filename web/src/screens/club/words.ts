// The words of the club's screens.
import vi from '$messages/club.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/club.en.json'));
