// The list of one drive's desk: the only place that asks and tells the service, so that it can learn to wait for a network.
import { api, Once, take, type Shapes } from '$lib/api';
import { fold } from '$lib/fold';
import { fetchOrKept, keep } from '$lib/kept';
import { Problem } from '$lib/problem';

export type Row = Shapes['DeskView'];
type Registration = Shapes['RegistrationView'];
type Outcome = Shapes['OutcomeRequest'];

interface Kept {
  drive: Shapes['DriveView'];
  rows: Row[];
}

const PAGE = 200;

/** Where somebody stands, as the desk sorts them. */
export type Stage = 'coming' | 'here' | 'done' | 'away';

const STAGES: Record<Row['state'], Stage> = {
  waitlisted: 'coming',
  offered: 'coming',
  booked: 'coming',
  no_show: 'coming',
  checked_in: 'here',
  collected: 'done',
  deferred: 'done',
  left: 'done',
  cancelled: 'away',
};

/** Where this person stands. */
export function stage(row: Row): Stage {
  return STAGES[row.state];
}

/** Who fits what was typed: any part of the name, without accents. */
export function looked(rows: Row[], q: string): Row[] {
  const words = fold(q);
  return words === '' ? rows : rows.filter((row) => fold(row.name).includes(words));
}

/** One drive's list, kept on the device too. */
export class Roster {
  rows = $state.raw<Row[]>([]);
  drive = $state.raw<Shapes['DriveView'] | null>(null);
  /** Shown from the device, since the network did not answer. */
  isOld = $state(false);

  constructor(readonly id: string) {}

  /** Fetches everything anew. */
  async load(): Promise<this> {
    const found = await fetchOrKept(this.slot, () => this.fetch());
    this.drive = found.value.drive;
    this.rows = found.value.rows;
    this.isOld = found.isOld;
    return this;
  }

  row(id: string): Row | undefined {
    return this.rows.find((one) => one.id === id);
  }

  /** Receives somebody on the list. */
  async checkIn(row: Row): Promise<void> {
    const path = { params: { path: { id: row.id } } };
    this.take(await take(api.POST('/api/v1/registrations/{id}/check-in', path)));
  }

  /** Receives who shows a ticket. */
  async scan(code: string): Promise<Row> {
    const body = { drive: this.id, code };
    const seen = await take(api.POST('/api/v1/check-ins', { body }));
    if (!this.row(seen.id)) await this.load();
    this.take(seen);
    const row = this.row(seen.id);
    if (!row) throw Problem.of(404, null);
    return row;
  }

  /** Receives somebody without a booking; answers who was made of it. */
  async walkIn(body: Shapes['WalkInRequest']): Promise<string> {
    const once = new Once('walk-in');
    const params = { path: { id: this.id }, header: once.header(body) };
    const made = await take(api.POST('/api/v1/drives/{id}/walk-ins', { params, body }));
    once.done();
    await this.load();
    return made.id;
  }

  /** Records what came of a visit, in one tap. */
  async conclude(row: Row, body: Outcome): Promise<Shapes['OutcomeView']> {
    const once = new Once(`outcome-${row.id}`);
    const params = { path: { id: row.id } };
    const headers = once.header(body);
    const said = await take(api.POST('/api/v1/registrations/{id}/outcome', { params, body, headers }));
    once.done();
    this.put({ ...row, state: said.state });
    return said;
  }

  /** Says that a donation never was. */
  async undo(row: Row, donation: string, reason: string): Promise<void> {
    const params = { path: { id: donation } };
    await take(api.POST('/api/v1/donations/{id}/corrections', { params, body: { reason, void: true } }));
    this.take((await this.visit(row)).registration);
  }

  /** What the nurse measured and decided. */
  async screen(row: Row, body: Shapes['ScreeningRequest']): Promise<Shapes['ScreeningView']> {
    const once = new Once(`screening-${row.id}`);
    const params = { path: { id: row.id }, header: once.header(body) };
    const said = await take(api.POST('/api/v1/registrations/{id}/screening', { params, body }));
    once.done();
    this.put({ ...row, state: said.state });
    return said;
  }

  /** The bag, with its number. */
  async collect(row: Row, body: Shapes['DonationRequest']): Promise<void> {
    const once = new Once(`donation-${row.id}`);
    const params = { path: { id: row.id }, header: once.header(body) };
    await take(api.POST('/api/v1/registrations/{id}/donation', { params, body }));
    once.done();
    this.put({ ...row, state: 'collected' });
  }

  /** What a screening here is held against. */
  async limits(): Promise<Shapes['LimitsView']> {
    const params = { path: { id: this.id } };
    const ask = (): Promise<Shapes['LimitsView']> => take(api.GET('/api/v1/drives/{id}/limits', { params }));
    return (await fetchOrKept(`limits.${this.id}`, ask)).value;
  }

  /** What is recorded of a visit. */
  visit(row: Row): Promise<Shapes['VisitView']> {
    return take(api.GET('/api/v1/registrations/{id}', { params: { path: { id: row.id } } }));
  }

  private async fetch(): Promise<Kept> {
    const path = { id: this.id };
    const drive = take(api.GET('/api/v1/drives/{id}', { params: { path } }));
    const rows: Row[] = [];
    let after: string | undefined;
    do {
      const page: Shapes['Paged_DeskView'] = await take(
        api.GET('/api/v1/drives/{id}/registrations', { params: { path, query: { limit: PAGE, after } } }),
      );
      rows.push(...page.items);
      after = page.next ?? undefined;
    } while (after);
    return { drive: await drive, rows };
  }

  private take(seen: Registration): void {
    const row = this.row(seen.id);
    const { state, checked_in_at, is_walk_in } = seen;
    if (row) this.put({ ...row, state, checked_in_at, is_walk_in });
  }

  private put(row: Row): void {
    this.rows = this.rows.map((one) => (one.id === row.id ? row : one));
    if (this.drive) void keep(this.slot, { drive: $state.snapshot(this.drive), rows: this.rows });
  }

  private get slot(): string {
    return `roster.${this.id}`;
  }
}

let open: Roster | null = null;

/** The list of a drive: the one already at hand while one works at the same desk. */
export function rosterOf(drive: string): Roster {
  if (open?.id !== drive) open = new Roster(drive);
  return open;
}
