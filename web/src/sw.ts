// Keeps the app itself at hand when the network is not. Answers of the API are never kept here.
declare const self: ServiceWorkerGlobalScope;

const cacheName = 'app-__VERSION__';
const home = new URL('.', self.location.href).href;
const address = (name: string): string => new URL(name, home).href;
const shell: string[] = (['__SHELL__'] as unknown as string[][]).flat().map(address);
const rest: string[] = (['__REST__'] as unknown as string[][]).flat().map(address);

self.addEventListener('install', (event) => {
  event.waitUntil(keep(shell).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'keep-everything') event.waitUntil(keep(rest));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(home.replace(/\/$/, ''))) return;
  if (request.mode === 'navigate') event.respondWith(kept(home, request));
  else if (request.url.startsWith(address('assets/'))) event.respondWith(kept(request.url, request));
  else if (shell.includes(request.url)) event.respondWith(kept(request.url, request));
});

self.addEventListener('push', (event) => {
  const said = event.data?.json() as
    { title: string; body: string; link: string | null; code: string; never: string } | undefined;
  if (!said) return;
  const body = [said.body, said.code, said.never].filter(Boolean).join('\n');
  event.waitUntil(
    self.registration.showNotification(said.title, {
      body,
      icon: address('icons/192.png'),
      tag: said.code,
      data: said.link,
    }),
  );
});

// Only addresses of this site are opened, whatever a message says.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const link = new URL((event.notification.data as string | null) ?? home, home);
  event.waitUntil(self.clients.openWindow(link.origin === self.location.origin ? link.href : home));
});

/** Puts files into this version's cache; those an older version had already are not fetched again. */
async function keep(files: string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    files.map(async (file) => {
      if (await cache.match(file)) return;
      const known = file.includes('/assets/') ? await caches.match(file) : undefined;
      const answer = known ?? (await fetch(file));
      if (answer.ok) await cache.put(file, answer);
    }),
  );
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith('app-') && name !== cacheName);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function kept(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const found = await cache.match(file);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && file.includes('/assets/')) await cache.put(file, answer.clone());
  return answer;
}
