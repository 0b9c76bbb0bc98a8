import { describe, expect, it } from 'vitest';
import { isOpen, momentOf, usual } from './calls';

describe('when blood is needed', () => {
  it('is said in the time of Vietnam', () => {
    expect(momentOf('2026-11-22', '18:00')).toBe('2026-11-22T11:00:00.000Z');
  });

  it('is nothing while the hour is not whole', () => {
    expect(momentOf('2026-11-22', '18:')).toBeNull();
  });

  it('is offered at a whole hour, eight hours ahead or a little more', () => {
    expect(usual(Date.parse('2026-11-21T23:20:00Z'))).toEqual({ date: '2026-11-22', clock: '15:00' });
  });
});

describe('a call', () => {
  const [yesterday, tomorrow] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());

  it('that was filled is open until its time is over', () => {
    expect(isOpen({ state: 'filled', needed_by: tomorrow ?? '' })).toBe(true);
    expect(isOpen({ state: 'filled', needed_by: yesterday ?? '' })).toBe(false);
  });

  it('that was taken back is over at once', () => {
    expect(isOpen({ state: 'cancelled', needed_by: tomorrow ?? '' })).toBe(false);
  });
});
