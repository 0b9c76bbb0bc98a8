import { describe, expect, it } from 'vitest';
import { choices, daysOf, lastHalf, nameOf, passed } from './periods';

describe('a period of reports', () => {
  it('has the days of its half or its year', () => {
    expect(daysOf('2022-h1')).toEqual({ from: '2022-01-01', to: '2022-06-30' });
    expect(daysOf('2022-h2')).toEqual({ from: '2022-07-01', to: '2022-12-31' });
    expect(daysOf('2022')).toEqual({ from: '2022-01-01', to: '2022-12-31' });
  });

  it('is known again by its days', () => {
    expect(nameOf({ from: '2022-01-01', to: '2022-06-30' })).toBe('2022-h1');
    expect(nameOf({ from: '2022-01-02', to: '2022-06-30' })).toBeNull();
  });

  it('that is offered first is the half-year people report on now', () => {
    expect(lastHalf('2026-06-28')).toBe('2026-h1');
    expect(lastHalf('2026-11-21')).toBe('2026-h1');
    expect(lastHalf('2026-12-20')).toBe('2026-h2');
    expect(lastHalf('2026-02-01')).toBe('2025-h2');
  });

  it('of 2022 is among the choices of 2026', () => {
    expect(choices('2026-11-21')).toContain('2022-h1');
  });

  it('has passed by half in the middle of the year', () => {
    expect(passed(daysOf('2026'), '2026-07-02')).toBeCloseTo(0.5, 2);
    expect(passed(daysOf('2026'), '2030-01-01')).toBe(1);
  });
});
