import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { serviceWorker } from './tools/pwa.ts';

const server = process.env['GIOTHONG_URL'] ?? 'http://127.0.0.1:8080';
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
// The service checks whose page asks for a session cookie, so the proxy speaks as the service's own page.
const pass = { target: server, headers: { origin: server } };
const proxy = Object.fromEntries(
  ['/api', '/d', '/c', '/a', '/v', '/u', '/g', '/problems'].map((path) => [`${path}/`, pass]),
);
const port = Number(process.env['PORT'] ?? 5173);

const firstVisit = new RegExp(
  [
    'node_modules/(svelte|openapi-fetch|esm-env|clsx)/',
    'src/lib/(api|format|loading|messages|navigation|paging|place|preferences)\\.',
    'src/lib/(problem|router|session|shell-words|toasts|tokens|turn)\\.',
    'src/lib/ui/(Button|Card|Check|Chip|Empty|Field|Icon|Labelled|Loaded|More)\\.',
    'src/lib/ui/(Notice|Page|ProblemNote|Select|Skeleton|Tabs|Toasts)\\.',
    'src/screens/drives/(Drives|DriveCard|PlaceSearch|filter|words)\\.',
    'messages/web/drives\\.vi\\.json',
  ].join('|'),
);

export default defineConfig({
  base: '/app/',
  plugins: [svelte(), serviceWorker()],
  resolve: { alias: { $lib: file('./src/lib'), $messages: file('../config/messages/web') } },
  build: {
    target: ['chrome87', 'firefox78', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      output: {
        // What the first visit needs comes as one file: thirty small ones pack and travel worse.
        codeSplitting: { groups: [{ name: 'app', test: firstVisit }] },
      },
    },
    reportCompressedSize: false,
  },
  server: { host: '127.0.0.1', port, strictPort: true, proxy, fs: { allow: ['..'] } },
  preview: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    proxy,
    headers: {
      'Content-Security-Policy': "default-src 'self'; img-src 'self' data: blob:; style-src 'self'",
    },
  },
});
