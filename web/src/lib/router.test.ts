import { describe, expect, it } from 'vitest';
import { match, type Route } from './router.svelte';

const load = (): never => {
  throw new Error('not opened here');
};
const routes: Route[] = ['/', '/drives', '/drives/:id', '/club/:id/members'].map((path) => ({ path, load }));

describe('an address', () => {
  it('opens the screen whose path it has', () => {
    expect(match(routes, '/')?.route.path).toBe('/');
    expect(match(routes, '/drives')?.route.path).toBe('/drives');
  });

  it('gives the parts of its path by name', () => {
    expect(match(routes, '/drives/abc')?.params).toEqual({ id: 'abc' });
    expect(match(routes, '/club/c%C3%A2u/members')?.params).toEqual({ id: 'câu' });
  });

  it('that no screen has opens none', () => {
    expect(match(routes, '/nowhere')).toBeNull();
    expect(match(routes, '/drives/')).toBeNull();
  });
});
