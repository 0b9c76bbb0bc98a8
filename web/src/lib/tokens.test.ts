import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { remember } from './preferences.svelte';
import { tokens } from './tokens';

const answers: Response[] = [];
const asked = vi.fn(() => Promise.resolve(answers.shift() ?? new Response(null, { status: 500 })));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', asked);
  remember('signed-in', '1');
});
afterEach(() => {
  tokens.end();
  answers.length = 0;
  asked.mockClear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const good = () => new Response(JSON.stringify({ access_token: 'fresh', expires_in: 900 }), { status: 200 });
const spent = () => new Response(null, { status: 409 });

test('a token that the page before just exchanged is waited for', async () => {
  answers.push(spent(), spent(), good());
  const token = tokens.current();
  await vi.runAllTimersAsync();
  expect(await token).toBe('fresh');
  expect(asked).toHaveBeenCalledTimes(3);
});

test('who waits in vain is not signed out: the next page tries again', async () => {
  answers.push(spent(), spent(), spent(), spent(), good());
  const token = tokens.current();
  await vi.runAllTimersAsync();
  expect(await token).toBeNull();
  expect(asked).toHaveBeenCalledTimes(4);
  expect(tokens.isSignedIn).toBe(true);
});

test('a sign-in that is over is forgotten at once', async () => {
  answers.push(new Response(null, { status: 401 }));
  expect(await tokens.current()).toBeNull();
  expect(tokens.isSignedIn).toBe(false);
});
