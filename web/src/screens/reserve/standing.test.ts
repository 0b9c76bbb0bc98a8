import { describe, expect, it } from 'vitest';
import { distances, MONTHS, termsText } from './standing';

describe('how somebody stands by', () => {
  it('offers the distance that was said before among the usual ones', () => {
    expect(distances(20)).toEqual([5, 10, 20, 50]);
    expect(distances(35)).toEqual([5, 10, 20, 35, 50]);
  });

  it('names the months only where not all are meant', () => {
    expect(termsText({ max_km: 20, nights: true, months: MONTHS })).toBe('đến 20 km · cả ban đêm');
    expect(termsText({ max_km: 5, nights: false, months: [1, 12] })).toBe(
      'đến 5 km · chỉ ban ngày · tháng 1, 12',
    );
  });
});
