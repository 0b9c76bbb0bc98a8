// The words of standing by for emergencies.
import vi from '$messages/reserve.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/reserve.en.json'));
