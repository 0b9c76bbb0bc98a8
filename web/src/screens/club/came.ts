// Who of a club's people come, came or stayed away.
import { api, take, type Shapes } from '$lib/api';

export type Visitor = Shapes['AttendanceView'];
export type Attendance = Visitor['attendance'];

const PAGE = 200;
const MOST = 5000;

/** Everybody of a club at one drive. */
export async function attendanceOf(club: string, drive: string): Promise<Visitor[]> {
  const all: Visitor[] = [];
  let after: string | null | undefined;
  do {
    const query = after ? { drive, limit: PAGE, after } : { drive, limit: PAGE };
    const params = { path: { id: club }, query };
    const page = await take(api.GET('/api/v1/organisations/{id}/attendance', { params }));
    all.push(...page.items);
    after = page.next;
  } while (after && all.length < MOST);
  return all.sort((one, other) => place(one) - place(other) || one.name.localeCompare(other.name, 'vi'));
}

const ORDER: Attendance[] = ['came', 'expected', 'waiting', 'absent', 'cancelled'];

function place(visitor: Visitor): number {
  return ORDER.indexOf(visitor.attendance);
}

/** How many stand so, in the order of a list; those that nobody stands in are left out. */
export function counts(visitors: Visitor[]): { attendance: Attendance; count: number }[] {
  const count = (attendance: Attendance) => visitors.filter((one) => one.attendance === attendance).length;
  return ORDER.map((attendance) => ({ attendance, count: count(attendance) })).filter((one) => one.count > 0);
}

/** Which drive is shown first: the latest one that has begun, else the next. */
export function firstDrive<D extends { session: { held_on: string } }>(drives: D[], today: string): D | null {
  return drives.find((drive) => drive.session.held_on <= today) ?? drives[drives.length - 1] ?? null;
}
