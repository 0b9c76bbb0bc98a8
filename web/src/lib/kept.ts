// What is kept on this device for the time without a network, and forgotten on signing out.
import type { IDBPDatabase } from 'idb';

const STORE = 'kept';

async function open(): Promise<IDBPDatabase> {
  const { openDB } = await import('idb');
  return openDB('giothong', 1, { upgrade: (base) => void base.createObjectStore(STORE) });
}

/** Keeps a fetched answer; a browser that refuses just keeps nothing. */
export async function keep(name: string, value: unknown): Promise<void> {
  await open()
    .then((base) => base.put(STORE, value, name))
    .catch(() => undefined);
}

/** What was kept, if anything. */
export async function kept<T>(name: string): Promise<T | undefined> {
  return open()
    .then((base) => base.get(STORE, name) as Promise<T | undefined>)
    .catch(() => undefined);
}

/** Leaves nothing of a person behind. */
export async function forgetKept(): Promise<void> {
  await open()
    .then((base) => base.clear(STORE))
    .catch(() => undefined);
}

/** The network's answer, which is then kept; without a network, what was kept before. */
export async function fetchOrKept<T>(
  name: string,
  fetch: () => Promise<T>,
): Promise<{ value: T; isOld: boolean }> {
  try {
    const value = await fetch();
    void keep(name, value);
    return { value, isOld: false };
  } catch (thrown) {
    const value = await kept<T>(name);
    if (value === undefined) throw thrown;
    return { value, isOld: true };
  }
}
