// The bodies one works for, by name, and which of them the screens are about now.
import { api, take, type Shapes } from '$lib/api';
import { recall, remember } from '$lib/preferences.svelte';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';

export type Body = Shapes['OrganisationPage'];

/** A body by its id. */
export function body(id: string): Promise<Body> {
  return take(api.GET('/api/v1/organisations/{id}', { params: { path: { id } } }));
}

/** Those on which one holds a role for this work, the highest first. */
export async function ownBodies(roles: Shapes['Role'][]): Promise<Body[]> {
  const ids = roles.flatMap((role) => session.bodies(role));
  const found = await Promise.all(ids.filter((id, place) => ids.indexOf(id) === place).map(body));
  return found.sort((one, other) => one.above.length - other.above.length);
}

/** The body asked for in the address, else the one chosen last, else the first. */
export async function startBody(own: Body[]): Promise<Body | null> {
  const asked = router.query.get('body');
  const known = own.find((one) => one.id === (asked ?? recall('body')));
  if (known) return known;
  return asked ? body(asked) : (own[0] ?? null);
}

/** Keeps the choice for the next screen. */
export function keepBody(id: string): void {
  remember('body', id);
}
