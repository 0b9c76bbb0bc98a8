// The words of these screens.
import vi from '$messages/registrations.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/registrations.en.json'));
