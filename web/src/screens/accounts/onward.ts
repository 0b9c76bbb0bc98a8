// Where somebody goes after coming in: to the place they chose before, or to where they wanted to be.
import { api, Once, take } from '$lib/api';
import { router } from '$lib/router.svelte';

/** The slot somebody chose before they were asked who they are. */
export interface Choice {
  drive: string;
  slot: string;
  /** When it begins. */
  at: string;
  /** Whose people they count among. */
  by: string | null;
}

export function choice(query: URLSearchParams): Choice | null {
  const [drive, slot, at] = [query.get('drive'), query.get('slot'), query.get('at')];
  return drive && slot && at ? { drive, slot, at, by: query.get('by') } : null;
}

/** Books what was chosen and opens the ticket; without a choice, opens what was asked for. */
export async function goOn(query: URLSearchParams): Promise<void> {
  const chosen = choice(query);
  if (!chosen) return router.goto(query.get('next') ?? '/', { replace: true });
  const once = new Once(`book-${chosen.drive}`);
  const body = { slot: chosen.slot, ...(chosen.by ? { mobilised_by: chosen.by } : {}) };
  const params = { path: { id: chosen.drive }, header: once.header(body) };
  const made = await take(api.POST('/api/v1/drives/{id}/registrations', { params, body }));
  once.done();
  router.goto(`/me/registrations/${made.id}`, { replace: true });
}
