// One's own registrations, also without a network.
import { api, take, type Shapes } from '$lib/api';
import { today } from '$lib/format';
import { fetchOrKept } from '$lib/kept';

export type Visit = Shapes['OwnRegistrationView'];

const AHEAD: Visit['state'][] = ['booked', 'offered', 'waitlisted', 'checked_in'];

export function isAhead(visit: Visit): boolean {
  return AHEAD.includes(visit.state) && visit.held_on >= today();
}

/** Whether there is a ticket to show. */
export function hasTicket(visit: Visit): boolean {
  return visit.state === 'booked' || visit.state === 'checked_in';
}

export function loadVisits(): Promise<{ value: Visit[]; isOld: boolean }> {
  return fetchOrKept('visits', async () => (await take(api.GET('/api/v1/me/registrations'))).items);
}

export function loadTicket(id: string): Promise<Shapes['TicketView']> {
  const fetch = (): Promise<Shapes['TicketView']> =>
    take(api.GET('/api/v1/registrations/{id}/ticket', { params: { path: { id } } }));
  return fetchOrKept(`ticket-${id}`, fetch).then((found) => found.value);
}

/** The first visit to come. */
export function nextVisit(visits: Visit[]): Visit | undefined {
  return visits.filter(isAhead).sort((a, b) => a.held_on.localeCompare(b.held_on))[0];
}

/** How good or bad a state is, for the colour beside its word. */
export function tone(state: Visit['state']): 'good' | 'warn' | 'plain' {
  if (state === 'booked' || state === 'checked_in' || state === 'collected') return 'good';
  return state === 'offered' || state === 'waitlisted' || state === 'deferred' ? 'warn' : 'plain';
}
