// What the hospital's screens know of a call.
import { api, take, type Shapes } from '$lib/api';
import { addDays, dateOf, time, today } from '$lib/format';
import { session } from '$lib/session.svelte';

export type Call = Shapes['CallView'];

/** The hospitals one speaks for, by name. */
export function hospitals(): Promise<{ id: string; name: string }[]> {
  const one = (id: string) => take(api.GET('/api/v1/organisations/{id}', { params: { path: { id } } }));
  return Promise.all(session.bodies('hospital').map(one));
}

/** Whether somebody may still come for it. Who was enough stays enough when its time is over. */
export function isOpen(call: Pick<Call, 'state' | 'needed_by'>): boolean {
  if (call.state === 'filled') return Date.parse(call.needed_by) > Date.now();
  return call.state !== 'expired' && call.state !== 'cancelled';
}

/** A day and an hour typed in Vietnam's time, as a moment; nothing while they are not whole. */
export function momentOf(date: string, clock: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(clock)) return null;
  const at = new Date(`${date}T${clock}:00+07:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The whole hour so many hours from now, or a little later; eight is what is mostly meant by "urgent". */
export function usual(now = Date.now(), hours = 8): { date: string; clock: string } {
  const at = new Date(Math.ceil((now + hours * 3_600_000) / 3_600_000) * 3_600_000).toISOString();
  return { date: dateOf(at), clock: time(at) };
}

/** The days a need may be for: today and the two after. */
export function days(): string[] {
  return [0, 1, 2].map((later) => addDays(today(), later));
}
