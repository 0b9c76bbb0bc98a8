import { describe, expect, it } from 'vitest';
import * as format from './format';

describe('in Vietnamese', () => {
  it('a date has its weekday and year', () => {
    expect(format.day('2026-11-21')).toBe('thứ Bảy, 21/11/2026');
    expect(format.dayFirst('2026-11-22')).toBe('Chủ Nhật, 22/11/2026');
  });

  it('an hour is that of the place, not of the phone', () => {
    expect(format.time('2026-11-21T01:30:00Z')).toBe('08:30');
    expect(format.dateOf('2026-11-20T18:00:00Z')).toBe('2026-11-21');
  });

  it('numbers and distances have a comma for the fraction', () => {
    expect(format.number(2896)).toBe('2.896');
    expect(format.distance(3240)).toBe('3,2 km');
    expect(format.distance(830)).toBe('850 m');
  });

  it('days are counted over the end of a month', () => {
    expect(format.addDays('2026-11-28', 84)).toBe('2027-02-20');
    expect(format.daysBetween('2026-11-28', '2027-02-20')).toBe(84);
  });
});
