// The words of the screens of lists.
import vi from '$messages/imports.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/imports.en.json'));
