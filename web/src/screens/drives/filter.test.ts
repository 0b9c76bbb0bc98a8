import { describe, expect, it } from 'vitest';
import { NOTHING, question, read, weekend } from './filter';

describe('the weekend', () => {
  it('is the one to come', () => {
    expect(weekend('2026-11-18')).toEqual({ from: '2026-11-21', to: '2026-11-22' });
  });

  it('is what is left of it on a Sunday', () => {
    expect(weekend('2026-11-22')).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  });
});

describe('a link to the list', () => {
  it('carries what was looked for', () => {
    const filter = read(
      new URLSearchParams('near=15.6,107.6&place=Suối Hồng&when=day&day=2026-12-01&open=1'),
    );
    expect(question(filter)).toEqual({
      near: '15.6,107.6',
      from: '2026-12-01',
      to: '2026-12-01',
      open: true,
    });
  });

  it('without conditions asks for everything to come', () => {
    expect(question(NOTHING)).toEqual({});
  });
});
