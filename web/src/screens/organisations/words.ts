import vi from '$messages/organisations.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/organisations.en.json'));
