import vi from '$messages/coordination.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/coordination.en.json'));
