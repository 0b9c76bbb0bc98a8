import { describe, expect, it } from 'vitest';
import { isOutside, measured, mostVolume } from './limits';

const vitals = { weight_kg: '', systolic_mmhg: '', diastolic_mmhg: '', pulse_bpm: '', haemoglobin_g_l: '' };

describe('what the nurse is told before sending', () => {
  it('reads a comma as people write it', () => {
    expect(measured('52,5')).toBe(52.5);
    expect(measured('')).toBeNull();
  });

  it('notices a blood pressure that is too high, and none that was not measured', () => {
    expect(isOutside('systolic_mmhg', '160')).toBe(true);
    expect(isOutside('systolic_mmhg', '159')).toBe(false);
    expect(isOutside('systolic_mmhg', '')).toBe(false);
  });

  it('names the most that weight and haemoglobin allow', () => {
    expect(mostVolume({ ...vitals, weight_kg: '44' })).toBe(250);
    expect(mostVolume({ ...vitals, weight_kg: '50' })).toBe(450);
    expect(mostVolume({ ...vitals, weight_kg: '70' })).toBe(500);
    expect(mostVolume({ ...vitals, weight_kg: '70', haemoglobin_g_l: '122' })).toBe(350);
    expect(mostVolume({ ...vitals, weight_kg: '41' })).toBeNull();
  });
});
