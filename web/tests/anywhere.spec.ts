// Poor networks, small screens, other languages, other browsers.
import { expect, openDrive, signIn, test } from './support';

test('a slow network is said after three seconds, and the page waits on', async ({ page }) => {
  await page.route('**/api/v1/drives?**', async (route) => {
    await new Promise((go) => setTimeout(go, 4000));
    await route.continue();
  });
  await page.goto('/app/drives');
  await expect(page.getByText('Mạng đang chậm')).toBeVisible();
  await expect(page.locator('a[href^="/app/drives/"]').first()).toBeVisible();
  await expect(page.getByText('Mạng đang chậm')).toHaveCount(0);
});

test('a failure is said in plain words, and trying again helps', async ({ page }) => {
  await page.route('**/api/v1/drives?**', (route) => route.fulfill({ status: 502, body: '<html>' }));
  await page.goto('/app/drives');
  await expect(page.getByRole('alert')).toContainText('Máy chủ chưa trả lời được');
  await page.unroute('**/api/v1/drives?**');
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await expect(page.locator('a[href^="/app/drives/"]').first()).toBeVisible();
});

test.describe('with what the app keeps', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the ticket opens without a network', async ({ page, context }) => {
    await signIn(page, 'nguoihien');
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', taken));
      }
    });
    // Now that the worker is in charge, the next start asks it to keep every screen.
    await page.reload();
    await page.locator('main a[href^="/app/me/registrations/"]').click();
    await expect(page.getByRole('img', { name: 'Mã QR của vé' })).toBeVisible();
    const ticket = page.url();
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const names = await caches.keys();
          const kept = await Promise.all(
            names.map(async (name) => (await (await caches.open(name)).keys()).length),
          );
          return kept.reduce((sum, count) => sum + count, 0);
        }),
      )
      .toBeGreaterThan(20);
    await context.setOffline(true);
    await page.goto(ticket);
    await expect(page.getByRole('img', { name: 'Mã QR của vé' })).toBeVisible();
    await expect(page.getByText('Bản lưu trên máy')).toBeVisible();
  });
});

test('English is one tap away and remembered', async ({ page }) => {
  await page.goto('/app/');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('A drop given');
  await page.goto('/app/drives');
  await expect(page.getByRole('heading', { level: 1, name: 'Drives' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the dark look can be chosen and is remembered', async ({ page }) => {
  await page.goto('/app/');
  await page.getByRole('button', { name: 'Ngôn ngữ và giao diện' }).click();
  await page.getByRole('radio', { name: 'Tối' }).check();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

for (const [what, width, zoom] of [
  ['a screen of 320 pixels', 320, 100],
  ['letters twice as large', 393, 200],
] as const) {
  test(`nothing runs out of ${what}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const drive = await openDrive(page);
    for (const path of ['', 'drives', `drives/${drive.id}`, 'check', 'giving', 'sign-in', 'sign-up']) {
      await page.goto(`/app/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.evaluate((percent) => {
        document.documentElement.style.fontSize = `${(percent * 17) / 16}%`;
      }, zoom);
      await page.waitForLoadState('networkidle');
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, path).toBeLessThanOrEqual(0);
    }
  });
}

test('everything is reached by keyboard, and a new screen begins at its heading', async ({ page }) => {
  await page.goto('/app/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Đến nội dung chính' })).toBeFocused();
  await page.getByRole('link', { name: 'Tôi có hiến được không?' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Tôi có hiến máu được không?' })).toBeFocused();
});

test.describe('inside Zalo', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/1.0',
  });

  test('one is told how to open a real browser, and everything works all the same', async ({ page }) => {
    await page.goto('/app/drives');
    await expect(page.getByText('Bạn đang mở trong Zalo')).toBeVisible();
    await expect(page.locator('a[href^="/app/drives/"]').first()).toBeVisible();
  });
});
