// The words of these screens.
import vi from '$messages/eligibility.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/eligibility.en.json'));
