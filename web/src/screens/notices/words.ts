// Words of what is sent to oneself, and how.
import vi from '$messages/notices.vi.json';
import { words } from '$lib/messages.svelte';

export const t = words(vi, () => import('$messages/notices.en.json'));
