// From "from … to … every … minutes, … places" to the session that is sent.
import { api, take, type Shapes } from '$lib/api';
import { addDays, dateOf, time } from '$lib/format';

/** Vietnam has one time zone and no summer time. */
const OFFSET = '+07:00';

export interface Hours {
  date: string;
  from: string;
  to: string;
  minutes: string;
  capacity: string;
}

export interface DriveForm extends Hours {
  name: string;
  organiser: string;
  kind: string;
  programme: string;
  collectedBy: string;
  target: string;
  place: string;
  address: string;
  commune: string;
  latitude: string;
  longitude: string;
}

export const EMPTY: DriveForm = {
  name: '',
  organiser: '',
  kind: 'planned',
  programme: '',
  collectedBy: '',
  target: '',
  place: '',
  address: '',
  commune: '',
  latitude: '',
  longitude: '',
  date: '',
  from: '07:30',
  to: '11:00',
  minutes: '30',
  capacity: '20',
};

/** The moment of a clock time on a day. */
export function at(date: string, clock: string): string {
  return new Date(`${date}T${clock}:00${OFFSET}`).toISOString();
}

/** The slots between two clock times; none while something is missing. */
export function slots(hours: Hours): Shapes['SlotRequest'][] {
  const [minutes, capacity] = [Number(hours.minutes), Number(hours.capacity)];
  if (!hours.date || !hours.from || !hours.to || !(minutes >= 5) || !(capacity >= 1)) return [];
  const end = Date.parse(at(hours.date, hours.to));
  const found: Shapes['SlotRequest'][] = [];
  for (let start = Date.parse(at(hours.date, hours.from)); start < end; start += minutes * 60_000) {
    found.push({ starts_at: new Date(start).toISOString(), capacity });
  }
  return found.slice(0, 200);
}

/** The session as it is sent. */
export function session(form: DriveForm): Shapes['SessionRequest'] {
  const where = form.latitude ? { latitude: Number(form.latitude), longitude: Number(form.longitude) } : {};
  return {
    place: form.place,
    address: form.address,
    starts_at: at(form.date, form.from),
    ends_at: at(form.date, form.to),
    slots: slots(form),
    ...(form.commune ? { commune: form.commune } : {}),
    ...where,
  };
}

/** The drive as it is sent. */
export function request(form: DriveForm): Shapes['DriveRequest'] {
  return {
    name: form.name,
    organiser: form.organiser,
    kind: form.kind as Shapes['DriveKind'],
    programmes: form.programme ? [form.programme] : [],
    sessions: [session(form)],
    ...(form.collectedBy ? { collected_by: form.collectedBy } : {}),
    ...(form.target ? { target_units: Number(form.target) } : {}),
  };
}

/** An earlier drive as the start of a new one: the same weekday a year later, or the next after today. */
export function copied(
  drive: Shapes['DriveView'],
  slots: Shapes['SlotView'][],
  today: string,
): Partial<DriveForm> {
  const first = drive.sessions[0];
  const [one, two] = slots;
  const own = drive.organiser as unknown as { id: string };
  const collector = drive.collected_by as unknown as { id: string } | null;
  return {
    name: drive.name,
    organiser: own.id,
    kind: drive.kind,
    programme: drive.programmes[0]?.id ?? '',
    collectedBy: collector?.id ?? '',
    target: drive.target_units ? String(drive.target_units) : '',
    ...(first && {
      place: first.place,
      address: first.address,
      commune: first.commune ?? '',
      latitude: first.latitude == null ? '' : String(first.latitude),
      longitude: first.longitude == null ? '' : String(first.longitude),
      date: nextYear(first.held_on, today),
      from: time(first.starts_at, drive.time_zone),
      to: time(first.ends_at, drive.time_zone),
    }),
    ...(one && { capacity: String(one.capacity) }),
    ...(one && two && { minutes: String((Date.parse(two.starts_at) - Date.parse(one.starts_at)) / 60_000) }),
  };
}

/** The same weekday 52 weeks later, as often as it takes to be ahead. */
export function nextYear(day: string, today: string): string {
  let next = addDays(day, 364);
  while (next <= today) next = addDays(next, 364);
  return next;
}

/** Where and when a session is held, as it is typed. */
export type Held = Pick<Hours, 'date' | 'from' | 'to'> & {
  place: string;
  address: string;
  /** Another commune, where it moves that far; its middle is where it is then. */
  commune: string;
  latitude: number | null;
  longitude: number | null;
};

export function planned(session: Shapes['SessionView'], zone: string): Held {
  return {
    date: dateOf(session.starts_at, zone),
    from: time(session.starts_at, zone),
    to: time(session.ends_at, zone),
    place: session.place,
    address: session.address,
    commune: '',
    latitude: null,
    longitude: null,
  };
}

/** What is to change of a session; nothing where it is held as before. */
export function moved(
  held: Held,
  session: Shapes['SessionView'],
  zone: string,
): Shapes['SessionChangeRequest'] {
  const before = planned(session, zone);
  const [place, address] = [held.place.trim(), held.address.trim()];
  const isSameTime = held.date === before.date && held.from === before.from && held.to === before.to;
  return {
    ...(place !== before.place && { place }),
    ...(address !== before.address && { address }),
    ...(!isSameTime && { starts_at: at(held.date, held.from), ends_at: at(held.date, held.to) }),
    ...(held.latitude != null && { latitude: held.latitude, longitude: held.longitude }),
  };
}

/** How many people have a place at a session. */
export async function placed(drive: string, session: string): Promise<number> {
  let count = 0;
  for (const state of ['booked', 'offered'] as const) {
    let after: string | null | undefined;
    do {
      const query = { state, session, limit: 200, ...(after ? { after } : {}) };
      const params = { path: { id: drive }, query };
      const page = await take(api.GET('/api/v1/drives/{id}/registrations', { params }));
      count += page.items.length;
      after = page.next;
    } while (after);
  }
  return count;
}

/** Whether day and hours are there, without which nothing can be sent. */
export function isTimed(hours: Pick<Hours, 'date' | 'from' | 'to'>): boolean {
  return hours.date !== '' && hours.from !== '' && hours.to !== '';
}
