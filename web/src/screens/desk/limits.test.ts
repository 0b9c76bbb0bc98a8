import { describe, expect, it } from 'vitest';
import { isOutside, measured, mostVolume, rangeOf, type Limits } from './limits';

const vitals = { weight_kg: '', systolic_mmhg: '', diastolic_mmhg: '', pulse_bpm: '', haemoglobin_g_l: '' };
const gift = {
  at_least_kg: { female: 42, male: 45 },
  at_most_ml: 500,
  ml_per_kg: 9,
  lighter: [{ under_kg: 45, at_most_ml: 250 }],
  haemoglobin: [
    { above_ml: 0, at_least_g_l: 120 },
    { above_ml: 350, at_least_g_l: 125 },
  ],
};
const limits: Limits = {
  rule_set: 'vn-2013',
  name: 'Thông tư 26/2013/TT-BYT',
  systolic_mmhg: { at_least: 100, at_most: 159 },
  diastolic_mmhg: { at_least: 60, at_most: 99 },
  pulse_bpm: { at_least: 60, at_most: 90 },
  whole_blood: gift,
  apheresis: gift,
  reasons: [],
};

describe('what the nurse is told before sending', () => {
  it('reads a comma as people write it', () => {
    expect(measured('52,5')).toBe(52.5);
    expect(measured('')).toBeNull();
  });

  it('notices a blood pressure that is too high, and none that was not measured', () => {
    expect(isOutside(limits, 'systolic_mmhg', '160')).toBe(true);
    expect(isOutside(limits, 'systolic_mmhg', '159')).toBe(false);
    expect(isOutside(limits, 'systolic_mmhg', '')).toBe(false);
  });

  it('knows no weight that is too much', () => {
    expect(rangeOf(limits, 'weight_kg')).toEqual({ from: 42, to: null });
    expect(isOutside(limits, 'weight_kg', '140')).toBe(false);
    expect(isOutside(limits, 'haemoglobin_g_l', '119')).toBe(true);
  });

  it('names the most that weight and haemoglobin allow', () => {
    expect(mostVolume(limits, { ...vitals, weight_kg: '44' })).toBe(250);
    expect(mostVolume(limits, { ...vitals, weight_kg: '50' })).toBe(450);
    expect(mostVolume(limits, { ...vitals, weight_kg: '70' })).toBe(500);
    expect(mostVolume(limits, { ...vitals, weight_kg: '70', haemoglobin_g_l: '122' })).toBe(350);
    expect(mostVolume(limits, { ...vitals, weight_kg: '41' })).toBeNull();
    expect(mostVolume(limits, { ...vitals, weight_kg: '70', haemoglobin_g_l: '110' })).toBeNull();
  });

  it('follows a stricter facility', () => {
    const strict = { ...limits, whole_blood: { ...gift, at_most_ml: 450, ml_per_kg: 8 } };
    expect(mostVolume(strict, { ...vitals, weight_kg: '50' })).toBe(400);
    expect(mostVolume(strict, { ...vitals, weight_kg: '90' })).toBe(450);
  });
});
