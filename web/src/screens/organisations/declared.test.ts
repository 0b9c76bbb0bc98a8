import { describe, expect, it } from 'vitest';
import { amount } from './declared';

describe('a number as people here type it', () => {
  it('has points between the thousands and a comma for the fraction', () => {
    expect(amount('2.896')).toBe(2896);
    expect(amount('13.800.000.000')).toBe(13_800_000_000);
    expect(amount('109,5')).toBe(109.5);
    expect(amount('140')).toBe(140);
  });

  it('is no number when it is words or nothing', () => {
    expect(amount('')).toBeNaN();
    expect(amount('gần 140')).toBeNaN();
  });
});
