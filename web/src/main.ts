// Starts the app.
import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { wordsReady } from '$lib/messages.svelte';
import { showPreferences } from '$lib/preferences.svelte';
import { router } from '$lib/router.svelte';
import { session } from '$lib/session.svelte';

showPreferences();
router.start();
void session.start();
// Each in a turn of its own, so that no finger waits for all of it.
void wordsReady().finally(() => setTimeout(show));

function show(): void {
  const target = document.getElementById('app') ?? document.body;
  target.replaceChildren();
  mount(App, { target });
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
