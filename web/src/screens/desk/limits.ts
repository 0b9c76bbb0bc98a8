// What the nurse is told before sending. The service judges by the rules in force; here only what leaps to the eye.

export interface Vitals {
  weight_kg: string;
  systolic_mmhg: string;
  diastolic_mmhg: string;
  pulse_bpm: string;
  haemoglobin_g_l: string;
}

interface Limit {
  from: number;
  to: number;
}

/** The national floor for whole blood; a facility may be stricter, never looser. */
export const LIMITS: Record<keyof Vitals, Limit> = {
  weight_kg: { from: 42, to: 200 },
  systolic_mmhg: { from: 100, to: 159 },
  diastolic_mmhg: { from: 60, to: 99 },
  pulse_bpm: { from: 60, to: 90 },
  haemoglobin_g_l: { from: 120, to: 220 },
};

/** A number as people here type it, with a comma or a point. */
export function measured(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

/** Whether something measured lies outside its limits. */
export function isOutside(name: keyof Vitals, text: string): boolean {
  const value = measured(text);
  return value !== null && (value < LIMITS[name].from || value > LIMITS[name].to);
}

/** The most that this weight and blood allow of whole blood, in millilitres. */
export function mostVolume(vitals: Vitals): number | null {
  const weight = measured(vitals.weight_kg);
  const haemoglobin = measured(vitals.haemoglobin_g_l);
  if (weight === null || weight < 42) return null;
  const byWeight = weight < 45 ? 250 : Math.min(500, Math.floor(weight * 9));
  return haemoglobin !== null && haemoglobin < 125 ? Math.min(350, byWeight) : byWeight;
}
