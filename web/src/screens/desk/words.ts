// The words of the desk's screens.
import vi from '$messages/desk.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/desk.en.json'));
