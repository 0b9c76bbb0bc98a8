// The counts a club or a hospital's team hands in for a drive, as they are typed.
import type { Shapes } from '$lib/api';

export interface Typed {
  /** The mobilising body. */
  body: string;
  name: string;
  kind: string;
  registered: string;
  attended: string;
  collected: string;
  ml: string;
}

/** A row for each body that has something recorded or declared. */
export function countsOf(totals: Shapes['DriveTotalsView']): Typed[] {
  const text = (value: number | null | undefined): string => (value == null ? '' : String(value));
  return totals.bodies.map((body) => ({
    body: body.organisation,
    name: body.name,
    kind: body.kind,
    registered: text(body.declared?.registered),
    attended: text(body.declared?.attended),
    collected: text(body.declared?.collected),
    ml: text(body.declared?.ml),
  }));
}

/** What is sent: rows with units, numbers without their points. */
export function read(rows: Typed[]): Shapes['DeclaredCount'][] {
  return rows.flatMap((row) => {
    const collected = whole(row.collected);
    if (collected === null) return [];
    const extra = { registered: whole(row.registered), attended: whole(row.attended), ml: whole(row.ml) };
    const given = Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== null));
    return [{ mobilised_by: row.body, kind: row.kind as Shapes['UnitKind'], collected, ...given }];
  });
}

/** `1.250` is 1250; nothing typed is no number. */
export function whole(text: string): number | null {
  const digits = text.replace(/[.\s]/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : null;
}
