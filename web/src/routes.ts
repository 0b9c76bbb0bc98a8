// Every screen of the app. Each subject lists its own; here they stand in the order of the people they serve.
import type { Route } from '$lib/router.svelte';
import { routes as anyone } from './screens/anyone/routes';
import { routes as me } from './screens/me/routes';

export const routes: Route[] = [...anyone, ...me];
