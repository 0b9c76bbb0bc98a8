// What is written of bodies: shapes that the service's description does not name yet.
import type { Shapes } from '$lib/api';

export interface OrganisationRequest {
  kind: Shapes['OrganisationKind'];
  name: string;
  parent?: string;
  code?: string;
  valid_from?: string;
  valid_to?: string;
}

export interface SuccessionRequest {
  kind: Shapes['SuccessionKind'];
  on: string;
  into: { organisation: string; share?: number }[];
}

export interface TargetRequest {
  indicator: string;
  from: string;
  to: string;
  value: number;
  kind: Shapes['TargetKind'];
}

export interface FigureRequest {
  indicator: string;
  from: string;
  to: string;
  value: number;
  exactness: Shapes['Exactness'];
  source?: string;
}

export interface ClusterRequest {
  name: string;
  organisation: string;
  members: string[];
}

/** A body for a path whose description has none. */
export function said(body: object): never {
  return body as never;
}

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
