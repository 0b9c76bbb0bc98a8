// What a donor sees of themself.
import type { Route } from '$lib/router.svelte';

export const routes: Route[] = [{ path: '/me', load: () => import('./Me.svelte'), needs: 'donor' }];
