import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';

// Against a running service: GIOTHONG_URL; `npm test` starts one. Debian's Chromium, since none is downloaded.
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
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--lang=vi', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
});
