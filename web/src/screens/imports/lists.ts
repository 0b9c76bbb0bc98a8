// What the rows of a list come to, and how a row is named to its reader.
import { api, take, type Shapes } from '$lib/api';

export type List = Shapes['ImportView'];
export type Row = Shapes['ImportRowView'];
export type Verdict = Row['verdict'];
export type Meant = Row['candidates'][number];

/** Verdicts in the order in which somebody wants to see them: what waits for them first. */
export const VERDICTS = [
  'unsure',
  'problem',
  'new',
  'same',
  'there',
  'repeated',
] as const satisfies Verdict[];

/** How many rows a list has. */
export function rowsOf({ counts }: List): number {
  return VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
}

/** What applying makes of the rows as they are decided now. */
export interface Outcome {
  added: number;
  known: number;
  /** Nothing to do: known with everything, or said before in the same list. */
  nothing: number;
  leftOut: number;
}

export function outcomeOf({ counts, decided }: List): Outcome {
  return {
    added: counts.new + decided.new,
    known: counts.same + decided.same,
    nothing: counts.there + counts.repeated,
    leftOut: decided.skip,
  };
}

/** The list as the service has it now. */
export function fetchList(id: string): Promise<List> {
  return take(api.GET('/api/v1/imports/{id}', { params: { path: { id } } }));
}

/** Says one thing of rows: `{ decisions: [...] }`, or of all that are left: `{ other_problems: 'skip' }`. */
export function decide(id: string, body: Shapes['DecisionsRequest']): Promise<List> {
  return take(api.PUT('/api/v1/imports/{id}/decisions', { params: { path: { id } }, body }));
}
