import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    alias: { $lib: file('./src/lib'), $messages: file('../config/messages/web') },
    conditions: ['browser'],
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
