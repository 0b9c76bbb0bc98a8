// How somebody stands by: how far, at night too, in which months.
import { api, take, type Shapes } from '$lib/api';
import { t } from './words';

export interface Terms {
  max_km: number;
  nights: boolean;
  /** 1 to 12. */
  months: number[];
}

export const MONTHS = Array.from({ length: 12 }, (_, place) => place + 1);
/** What is offered to who has said nothing yet: near, by day, all year. */
export const USUAL: Terms = { max_km: 20, nights: false, months: MONTHS };
const DISTANCES = [5, 10, 20, 50];

/** The distances to choose from, with the one that was said before. */
export function distances(said: number): number[] {
  return [...new Set([...DISTANCES, said])].sort((one, other) => one - other);
}

/** `đến 20 km · chỉ ban ngày · tháng 1, 2, 11` */
export function termsText(terms: Terms): string {
  const parts = [t('list.km', { km: terms.max_km }), t(terms.nights ? 'list.night' : 'list.day')];
  if (terms.months.length < 12) parts.push(t('months.of', { list: terms.months.join(', ') }));
  return parts.join(' · ');
}

/** Agrees to what is missing, one by one. */
export async function agree(missing: Shapes['ConsentView'][]): Promise<void> {
  for (const { purpose } of missing) {
    const params = { path: { purpose } };
    await take(api.PUT('/api/v1/me/consents/{purpose}', { params, body: { granted: true } }));
  }
}
