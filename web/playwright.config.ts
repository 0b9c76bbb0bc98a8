import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';

// Debian's Chromium, since none is downloaded; without windows, where there is such a one.
const chromium = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

// Against a running service: GIOTHONG_URL; `scripts/browser` starts one.
export default defineConfig({
  testDir: 'tests',
  // Both databases have their turn at the same time.
  outputDir: join('test-results', process.env['GIOTHONG_ENGINE'] ?? 'own'),
  workers: 1,
  // A shared machine is slow now and then; a fault fails twice.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  snapshotPathTemplate: '{testDir}/snapshots/{testFilePath}/{arg}{ext}',
  // Screens are looked at before anybody changes the demonstration.
  projects: [
    { name: 'screens', testMatch: 'gallery.spec.ts' },
    { name: 'ways', testIgnore: 'gallery.spec.ts' },
  ],
  use: {
    ...devices['Pixel 5'],
    baseURL: process.env['GIOTHONG_URL'] ?? 'http://127.0.0.1:8080',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    contextOptions: { reducedMotion: 'reduce' },
    // It fetches the whole app for each test; those that are about it allow it.
    serviceWorkers: 'block',
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? chromium,
      args: ['--no-sandbox', '--lang=vi', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
});
