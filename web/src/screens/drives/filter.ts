// What is looked for in the list of drives, kept in the address so that a link shows the same list.
import { addDays, today } from '$lib/format';

/** The conditions, as they stand in the address. */
export interface Filter {
  /** `lat,lon` */
  near: string;
  /** The name of that point; empty for the reader's own position. */
  place: string;
  /** Words of a drive's name. */
  q: string;
  when: string;
  day: string;
  programme: string;
  open: string;
}

export const NOTHING: Filter = { near: '', place: '', q: '', when: '', day: '', programme: '', open: '' };

export function read(query: URLSearchParams): Filter {
  const names = Object.keys(NOTHING) as (keyof Filter)[];
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as unknown as Filter;
}

/** The same in the words of the API. */
export function question(filter: Filter): Record<string, string | boolean> {
  const asked: Record<string, string | boolean> = { ...period(filter) };
  if (filter.near) asked['near'] = filter.near;
  if (filter.q) asked['q'] = filter.q;
  if (filter.programme) asked['programme'] = filter.programme;
  if (filter.open) asked['open'] = true;
  return asked;
}

function period(filter: Filter): { from?: string; to?: string } {
  const now = today();
  if (filter.when === 'week') return { from: now, to: addDays(now, 7) };
  if (filter.when === 'weekend') return weekend(now);
  if (filter.when === 'day' && filter.day) return { from: filter.day, to: filter.day };
  return {};
}

/** The Saturday and Sunday to come, or what is left of them. */
export function weekend(now: string): { from: string; to: string } {
  const weekday = new Date(`${now}T12:00:00Z`).getUTCDay();
  const sunday = addDays(now, weekday === 0 ? 0 : 7 - weekday);
  const saturday = addDays(sunday, -1);
  return { from: saturday < now ? now : saturday, to: sunday };
}
