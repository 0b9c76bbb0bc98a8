import { defineConfig } from '@playwright/test';
import base from './playwright.config';

// Pictures for README and guides; no tests. `make pictures` runs it.
export default defineConfig(base, {
  testDir: 'pictures',
  retries: 0,
  use: { ...base.use, viewport: { width: 393, height: 760 }, deviceScaleFactor: 2 },
});
