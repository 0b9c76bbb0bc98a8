// What the nurse is told before sending: by the limits that hold at the drive. The service judges by the same rules.
import type { Shapes } from '$lib/api';

export type Limits = Shapes['LimitsView'];

export interface Vitals {
  weight_kg: string;
  systolic_mmhg: string;
  diastolic_mmhg: string;
  pulse_bpm: string;
  haemoglobin_g_l: string;
}

export const VITALS = [
  'weight_kg',
  'systolic_mmhg',
  'diastolic_mmhg',
  'pulse_bpm',
  'haemoglobin_g_l',
] as const satisfies (keyof Vitals)[];

interface Range {
  from: number;
  /** Null where more is never too much. */
  to: number | null;
}

/** What something measured must lie between for whole blood, both ends counted. */
export function rangeOf(limits: Limits, name: keyof Vitals): Range {
  if (name === 'weight_kg') return { from: leastWeight(limits), to: null };
  if (name === 'haemoglobin_g_l') {
    const least = limits.whole_blood.haemoglobin.map((rule) => rule.at_least_g_l);
    return { from: Math.min(...least), to: null };
  }
  return { from: limits[name].at_least, to: limits[name].at_most };
}

/** A number as people here type it, with a comma or a point. */
export function measured(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

/** Whether something measured lies outside its limits. */
export function isOutside(limits: Limits, name: keyof Vitals, text: string): boolean {
  const value = measured(text);
  const { from, to } = rangeOf(limits, name);
  return value !== null && (value < from || (to !== null && value > to));
}

/** The most that this weight and blood allow of whole blood, in millilitres. */
export function mostVolume(limits: Limits, vitals: Vitals): number | null {
  const weight = measured(vitals.weight_kg);
  const haemoglobin = measured(vitals.haemoglobin_g_l);
  if (weight === null || weight < leastWeight(limits)) return null;
  const { at_most_ml, ml_per_kg, lighter = [], haemoglobin: strengths } = limits.whole_blood;
  const byTier = lighter.filter((tier) => weight < tier.under_kg).map((tier) => tier.at_most_ml);
  const byWeight = ml_per_kg == null ? [] : [Math.floor(weight * ml_per_kg)];
  const tooWeak = strengths.filter((rule) => haemoglobin !== null && haemoglobin < rule.at_least_g_l);
  const most = Math.min(at_most_ml, ...byTier, ...byWeight, ...tooWeak.map((rule) => rule.above_ml));
  return most > 0 ? most : null;
}

/** The sex is not said here, so the lighter of the two limits; the service knows which holds. */
function leastWeight(limits: Limits): number {
  return Math.min(limits.whole_blood.at_least_kg.female, limits.whole_blood.at_least_kg.male);
}
