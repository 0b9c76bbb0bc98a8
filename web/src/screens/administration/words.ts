import vi from '$messages/administration.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/administration.en.json'));
