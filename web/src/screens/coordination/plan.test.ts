import { describe, expect, it } from 'vitest';
import { EMPTY, moved, nextYear, planned, session, slots } from './plan';

const form = { ...EMPTY, date: '2026-12-05', place: 'Nhà văn hóa', address: 'Thôn 1' };

describe('a session from … to … every … minutes', () => {
  it('has a slot for each beginning before its end', () => {
    const made = slots(form);
    expect(made).toHaveLength(7);
    expect(made[0]).toEqual({ starts_at: '2026-12-05T00:30:00.000Z', capacity: 20 });
    expect(made[6]?.starts_at).toBe('2026-12-05T03:30:00.000Z');
  });

  it('has none while its day is missing or its hours are the wrong way round', () => {
    expect(slots({ ...form, date: '' })).toEqual([]);
    expect(slots({ ...form, from: '11:00', to: '07:30' })).toEqual([]);
    expect(slots({ ...form, minutes: '0' })).toEqual([]);
  });

  it('is sent without a position where none is known', () => {
    expect(session(form)).not.toHaveProperty('latitude');
    expect(session({ ...form, latitude: '15.6', longitude: '107.6' }).latitude).toBe(15.6);
  });
});

describe("last year's drive", () => {
  it('is copied to the same weekday that lies ahead', () => {
    expect(nextYear('2025-11-22', '2026-01-10')).toBe('2026-11-21');
    expect(nextYear('2024-06-14', '2026-11-21')).toBe('2027-06-11');
  });
});

describe('a session that is held elsewhere', () => {
  const zone = 'Asia/Ho_Chi_Minh';
  const held = {
    id: '1',
    place: 'Nhà văn hóa',
    address: 'Thôn 1',
    held_on: '2026-12-05',
    starts_at: '2026-12-05T00:30:00.000Z',
    ends_at: '2026-12-05T04:00:00.000Z',
    capacity: 140,
    places_left: 3,
  };

  it('is sent with nothing but what changed', () => {
    const typed = planned(held, zone);
    expect(moved(typed, held, zone)).toEqual({});
    expect(moved({ ...typed, place: ' Trường học ' }, held, zone)).toEqual({ place: 'Trường học' });
    expect(moved({ ...typed, from: '08:00' }, held, zone)).toEqual({
      starts_at: '2026-12-05T01:00:00.000Z',
      ends_at: '2026-12-05T04:00:00.000Z',
    });
  });

  it('is on the map where its new commune is', () => {
    const typed = { ...planned(held, zone), commune: '2', latitude: 15.6, longitude: 107.6 };
    expect(moved(typed, held, zone)).toEqual({ latitude: 15.6, longitude: 107.6 });
  });
});
