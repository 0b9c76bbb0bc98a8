import { describe, expect, it } from 'vitest';
import { read, whole } from './counts';

const row = { body: 'b', name: 'Câu lạc bộ', kind: 'planned', registered: '', attended: '', ml: '' };

describe('typed counts', () => {
  it('may have points between the thousands', () => {
    expect(whole('1.250')).toBe(1250);
    expect(whole('nhiều')).toBeNull();
  });

  it('without units are not sent', () => {
    expect(read([{ ...row, collected: '' }])).toEqual([]);
  });

  it('leave out what was not typed', () => {
    expect(read([{ ...row, collected: '12', ml: '4.200' }])).toEqual([
      { mobilised_by: 'b', kind: 'planned', collected: 12, ml: 4200 },
    ]);
  });
});
