import { describe, expect, it } from 'vitest';
import { fitting, shortName, type Member } from './members';

function member(name: string, may_give: boolean | null, blood_group: Member['blood_group'] = null): Member {
  return { id: name, name, may_give, blood_group, claimed: false, group_certainty: 'unknown' };
}

describe('looking for members', () => {
  const list = [member('Đặng Thị Ánh', true, 'O-'), member('Bùi Bích An', false), member('Lê An', null)];

  it('finds a name typed without accents', () => {
    expect(fitting(list, { q: 'dang thi anh', group: '', give: '' })).toEqual([list[0]]);
  });

  it('tells who may give from who did not say', () => {
    expect(fitting(list, { q: '', group: '', give: 'yes' })).toEqual([list[0]]);
    expect(fitting(list, { q: '', group: '', give: 'unknown' })).toEqual([list[2]]);
  });

  it('never writes a full name into a message', () => {
    expect(shortName('Nguyễn Thị Bích An')).toBe('Bích An');
  });
});
