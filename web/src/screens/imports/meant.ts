// Whom a row means, in words.
import type { Shapes } from '$lib/api';
import type { Meant } from './lists';
import { t } from './words';

/** What somebody says of a row: with `same`, whom it means. */
export interface Decision {
  decision: Shapes['ImportDecision'];
  meant?: Meant;
}

/** `L. T. Mây, sinh 1996`, or an earlier row of the list. */
export function meantText(meant: Meant): string {
  if (meant.row) return t('meant.row', { row: String(meant.row) });
  if (!meant.name) return t('meant.somebody');
  return meant.birth_year
    ? t('meant.born', { name: meant.name, year: String(meant.birth_year) })
    : t('meant.known', { name: meant.name });
}
