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

  it('days and hours are those of the calendars of the browser, all year', () => {
    const home = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
    const clock = new Intl.DateTimeFormat('vi-VN', {
      ...home,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    const date = new Intl.DateTimeFormat('en-CA', { ...home, dateStyle: 'short' });
    const weekday = new Intl.DateTimeFormat('vi-VN', { timeZone: 'UTC', weekday: 'long' });
    for (let day = 0; day < 400; day++) {
      const at = new Date(Date.UTC(2026, 0, 1 + day, (day * 7) % 24, (day * 11) % 60));
      expect(format.time(at.toISOString())).toBe(clock.format(at).replace(/^24/, '00'));
      expect(format.dateOf(at)).toBe(date.format(at));
      const on = at.toISOString().slice(0, 10);
      expect(format.day(on).toLowerCase()).toContain(weekday.format(at).toLowerCase());
    }
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
