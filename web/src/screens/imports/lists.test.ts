import { describe, expect, it } from 'vitest';
import { outcomeOf, rowsOf, type List } from './lists';

const counts = { new: 183, same: 2, there: 1, repeated: 12, unsure: 3, problem: 5 };

describe('what a list comes to', () => {
  it('counts what was decided with what was clear from the start', () => {
    const list = { counts, decided: { new: 1, same: 1, skip: 6 } } as unknown as List;
    expect(rowsOf(list)).toBe(206);
    expect(outcomeOf(list)).toEqual({ added: 184, known: 3, nothing: 13, leftOut: 6 });
  });

  it('forgets no row once everything is decided', () => {
    const list = { counts, decided: { new: 2, same: 1, skip: 5 } } as unknown as List;
    const { added, known, nothing, leftOut } = outcomeOf(list);
    expect(added + known + nothing + leftOut).toBe(rowsOf(list));
  });
});
