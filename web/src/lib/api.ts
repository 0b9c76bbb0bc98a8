// The typed client of the service, made from its own description.
import createClient from 'openapi-fetch';
import { language } from './preferences.svelte';
import { Problem } from './problem';
import type { components, paths } from './schema';
import { tokens } from './tokens';

/** The service's shapes by name: `Shapes['DriveView']`. */
export type Shapes = components['schemas'];

/** Typed calls: `api.GET('/api/v1/drives/{id}', { params: { path: { id } } })`; open the answer with `take`. */
export const api = createClient<paths>({ fetch: send });

async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(await signed(request));
  if (answer.status !== 401 || !tokens.isSignedIn) return answer;
  await tokens.renew();
  return tokens.isSignedIn ? fetch(await signed(again)) : answer;
}

async function signed(request: Request): Promise<Request> {
  request.headers.set('Accept-Language', language.current);
  const token = await tokens.current();
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was answered, or a `Problem` thrown. */
export async function take<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await takeWhole(answer)).data;
}

/** The same with the response, where its status or headers matter. */
export async function takeWhole<T>(answer: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  let given: Answer<T>;
  try {
    given = await answer;
  } catch (thrown) {
    throw Problem.from(thrown);
  }
  if (!given.response.ok) throw Problem.of(given.response.status, given.error);
  return { data: given.data as T, response: given.response };
}

/**
 * The `Idempotency-Key` of one thing to create: the same while the same body is tried again, even after a reload,
 * so that a retry never creates it twice. Call `done` after success.
 */
export class Once {
  constructor(private readonly name: string) {}

  header(body: unknown): { 'Idempotency-Key': string } {
    const text = JSON.stringify(body);
    const [key, known] = sessionStorage.getItem(this.slot)?.split(' ', 2) ?? [];
    const mark = checksum(text);
    if (key && known === mark) return { 'Idempotency-Key': key };
    const fresh = uuid();
    sessionStorage.setItem(this.slot, `${fresh} ${mark}`);
    return { 'Idempotency-Key': fresh };
  }

  done(): void {
    sessionStorage.removeItem(this.slot);
  }

  private get slot(): string {
    return `giothong.once.${this.name}`;
  }
}

/** A random UUID, also in browsers of before 2021. */
function uuid(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, place) => {
    const marked = place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Tells bodies apart without keeping what was typed. */
function checksum(text: string): string {
  let sum = 5381;
  for (const letter of text) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 4_294_967_296;
  return `${sum}.${text.length}`;
}
