// Starts the app.
import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { wordsReady } from '$lib/messages.svelte';
import { showPreferences } from '$lib/preferences.svelte';
import { match, router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';
import { turn } from '$lib/turn';
import { routes } from './routes';

showPreferences();
router.start();
void session.start();
void wordsReady().finally(turn).finally(fetchScreen).finally(turn).finally(show);

/** The screen's own files are on their way while what stands around it is drawn. */
function fetchScreen(): void {
  void match(routes, router.path)
    ?.route.load()
    .catch(() => undefined);
}

function show(): void {
  mount(App, { target: document.getElementById('app') ?? document.body });
}

// After a new version the old one's files are gone: one reload brings the new ones.
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('giothong.reloaded') ?? 0);
  if (Date.now() - last < 30_000) return;
  event.preventDefault();
  sessionStorage.setItem('giothong.reloaded', String(Date.now()));
  location.reload();
});

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener(
    'load',
    () => void navigator.serviceWorker.register('/app/sw.js', { scope: '/app/' }).catch(() => undefined),
  );
}
