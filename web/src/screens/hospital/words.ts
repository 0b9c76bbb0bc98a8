// The words of the hospital's screens.
import vi from '$messages/hospital.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/hospital.en.json'));
