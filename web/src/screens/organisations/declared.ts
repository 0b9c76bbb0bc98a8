// How numbers of bodies are typed, and the kinds of bodies.
import type { Shapes } from '$lib/api';

/** `2.896` is 2896, `109,5` is 109.5; anything else is no number. */
export function amount(text: string): number {
  const plain = text
    .trim()
    .replace(/\.(?=\d{3}(\D|$))/g, '')
    .replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

export const KINDS: Shapes['OrganisationKind'][] = [
  'province',
  'commune',
  'club',
  'school',
  'company',
  'hospital',
  'blood_centre',
  'district',
  'national',
  'other',
];
