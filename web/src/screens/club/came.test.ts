import { describe, expect, it } from 'vitest';
import { counts, firstDrive, type Visitor } from './came';

function drive(held_on: string): { session: { held_on: string } } {
  return { session: { held_on } };
}

describe('who came', () => {
  it('is counted by how people stand, and nobody twice', () => {
    const all = ['came', 'absent', 'came'].map((attendance) => ({ attendance }) as Visitor);
    expect(counts(all)).toEqual([
      { attendance: 'came', count: 2 },
      { attendance: 'absent', count: 1 },
    ]);
  });

  it('begins with the latest drive that is not ahead, and else with the nearest', () => {
    const drives = [drive('2026-11-28'), drive('2026-11-21'), drive('2026-10-01')];
    expect(firstDrive(drives, '2026-11-22')).toBe(drives[1]);
    expect(firstDrive(drives, '2026-09-01')).toBe(drives[2]);
    expect(firstDrive([], '2026-09-01')).toBe(null);
  });
});
