// A coordinator steers a call: sees who was asked and why not the others, asks more, holds it up, calls back, looks back.
import type { Page } from '@playwright/test';
import { asked, become, stop, type Office } from './office';
import { expect, lookAt, settled, signIn, test } from './support';

interface Listed {
  items: { id: string; name: string }[];
}

/** A body of the demonstration by its name. */
async function bodyOf(office: Office, name: string): Promise<string> {
  const found = await office.get<Listed>(`/organisations?q=${encodeURIComponent(name)}&limit=1`);
  return found.items[0]?.id ?? '';
}

/** A need of tonight, posted by the hospital without a screen. */
async function posted(
  page: Page,
  need: { group: string; units: number; hospital?: string },
): Promise<string> {
  const ward = await asked(page, 'benhvien');
  const hospital = need.hospital ?? (await bodyOf(ward, 'Bệnh viện Đa khoa Minh Họa'));
  const call = await ward.post<{ id: string }>('/calls', {
    hospital,
    blood_group: need.group,
    component: 'red_cells',
    units: need.units,
    needed_by: new Date(Date.now() + 9 * 3_600_000).toISOString(),
    accept_compatible: false,
  });
  return call.id;
}

/** A ward with a listed number: what it posts is asked for at once. */
async function newWard(page: Page): Promise<string> {
  const office = await asked(page, 'quantri');
  const ward = await office.post<{ id: string }>('/organisations', {
    kind: 'hospital',
    name: `Khoa Cấp cứu ${Date.now()} (minh họa)`,
    parent: await bodyOf(office, 'Bệnh viện Đa khoa Minh Họa'),
    latitude: 15.6,
    longitude: 107.65,
    duty_phone: '024 3000 0001',
  });
  return ward.id;
}

test('two taps lead a coordinator to an open call, which says whom it asked, whom not, and who did what', async ({
  page,
}) => {
  await signIn(page, 'dieuphoi');
  await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('link', { name: 'Điều phối' }).click();
  await page.getByRole('link', { name: /^4 đơn vị máu nhóm O−/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '4 đơn vị máu O−' })).toBeVisible();
  await expect(page.getByText('Bệnh viện Đa khoa Minh Họa')).toBeVisible();

  const steps = page.getByRole('region', { name: 'Việc cần làm' }).getByRole('listitem');
  await expect(steps.nth(0)).toHaveText(/Hỏi kho của trung tâm máu xong lúc \d\d:\d\d/);
  await expect(steps.nth(2)).toHaveText(/Gọi điện theo danh sách xong lúc/);

  const waves = page.getByRole('region', { name: 'Các lượt gọi' });
  await expect(waves.getByRole('heading', { name: 'Lượt 1' })).toBeVisible();
  await expect(waves.getByText(/Mời \d+ người, dự tính [\d,]+ người nhận lời/i).first()).toBeVisible();
  await expect(waves.getByText(/^nhận lời \d+$/).first()).toBeVisible();

  await waves.getByText('Ai không được mời, vì sao').click();
  await expect(waves.getByText('khác nhóm máu, hoặc chưa rõ nhóm')).toBeVisible();
  await expect(waves.getByText('đã được mời cho yêu cầu này')).toBeVisible();

  await page.getByText(/^Diễn biến \(\d+\)$/).click();
  const history = page.locator('details[open] ol');
  await expect(history.getByText('Hỏi kho của trung tâm máu: có 1 đơn vị máu')).toBeVisible();
  await expect(history.getByText('Đặng Văn Trực Ban').first()).toBeVisible();
  await expect(history.getByText('Trần Văn Điều Phối').first()).toBeVisible();
});

test('a coordinator vouches on the call, holds its asking up, lets it go on, asks more, and stops it', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'dieuphoi');
  const id = await posted(page, { group: 'B+', units: 2 });
  await page.goto(`/app/hospital/calls/${id}`);
  await page.getByRole('button', { name: 'Xác minh' }).click();
  const waves = page.getByRole('region', { name: 'Các lượt gọi' });
  await expect(waves.getByRole('heading', { name: 'Lượt 1' })).toBeVisible({ timeout: 40_000 });
  await expect(waves.getByText('Đang mời người hiến trong tầm đi lại.')).toBeVisible();
  // Widening to the nation is for rare groups alone.
  await expect(page.getByRole('button', { name: 'Mời toàn quốc' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Tạm dừng' }).click();
  await expect(waves.getByText(/^Đã tạm dừng mời lúc \d\d:\d\d\./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mời thêm ngay' })).toHaveCount(0);
  await lookAt(page, 'call-paused', ['main ol', 'main ul']);
  await page.getByRole('button', { name: 'Mời tiếp' }).click();
  await expect(page.getByRole('button', { name: 'Tạm dừng' })).toBeVisible();
  const said = page.getByText(/^Đã mời thêm \d+ người\.$/);
  await page.getByRole('button', { name: 'Mời thêm ngay' }).click();
  await expect(said).toBeVisible();

  await page.getByText(/^Diễn biến/).click();
  for (const done of ['Tạm dừng mời', 'Mời tiếp', /^Mời thêm \d+ người/])
    await expect(page.locator('details[open] ol').getByText(done).first()).toBeVisible();
  await stop(page);
  const review = page.getByRole('region', { name: 'Nhìn lại' });
  await expect(review.getByText('người được mời', { exact: true })).toBeVisible();
});

test('for a rare group the nation is asked on the coordinator’s word', async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, 'dieuphoi');
  const id = await posted(page, { group: 'B-', units: 1 });
  const office = await asked(page, 'dieuphoi');
  await office.post(`/calls/${id}/verification`, { accept: true });
  await page.goto(`/app/hospital/calls/${id}`);
  await expect(page.getByText('Đang mời người hiến trong cả tỉnh.')).toBeVisible();
  await page.getByRole('button', { name: 'Mời toàn quốc' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mời toàn quốc' }).click();
  await expect(page.getByText('Đang mời người hiến trên toàn quốc.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mời toàn quốc' })).toHaveCount(0);
  const last = page.getByRole('region', { name: 'Việc cần làm' }).getByRole('listitem').last();
  await expect(last).toHaveText(/Mời toàn quốc.* xong lúc/);
  await stop(page);
});

test('a ward on duty is called back: what it knows of goes on, what it does not is stopped', async ({
  page,
}) => {
  await signIn(page, 'dieuphoi');
  const ward = await newWard(page);
  const genuine = await posted(page, { group: 'AB+', units: 1, hospital: ward });
  await page.goto(`/app/hospital/calls/${genuine}`);
  const panel = page.getByRole('region', { name: 'Gọi lại số trực' });
  await expect(panel.getByRole('link')).toHaveAttribute('href', /^tel:/);
  await expect(page.getByText('Chưa có lượt gọi nào.')).toHaveCount(0, { timeout: 30_000 });
  await lookAt(page, 'call-back', ['main ol', 'main ul']);
  await panel.getByLabel('Ai nghe máy, nói gì').fill('Điều dưỡng trực xác nhận');
  await panel.getByRole('button', { name: 'Đúng, họ đăng' }).click();
  await expect(page.getByText(/Đã gọi lại số trực lúc \d\d:\d\d\./)).toBeVisible();
  await page.getByText(/^Diễn biến/).click();
  await expect(page.getByText('“Điều dưỡng trực xác nhận”')).toBeVisible();
  await stop(page);

  const forged = await posted(page, { group: 'AB+', units: 1, hospital: ward });
  await page.goto(`/app/hospital/calls/${forged}`);
  await panel.getByRole('button', { name: 'Không phải họ' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dừng yêu cầu giả' }).click();
  await expect(page.getByText('Đã hủy', { exact: true })).toBeVisible();
  await expect(panel).toHaveCount(0);
});

test('afterwards a call tells how it went, and so does each hospital by month', async ({ page }) => {
  await signIn(page, 'benhvien');
  await page.goto('/app/hospital');
  await settled(page);
  const past = page.getByRole('link', { name: /^2 đơn vị máu B−/ }).last();
  await past.click();
  const review = page.getByRole('region', { name: 'Nhìn lại' });
  for (const said of ['6 phút', '17 phút', '31 phút']) await expect(review.getByText(said)).toBeVisible();
  await lookAt(page, 'call-review', ['main ol', 'main ul']);
  await page.goBack();
  await page.getByRole('link', { name: /^Kết quả huy động/ }).click();
  const month = page.locator('main section').last();
  await expect(month.getByRole('heading', { name: 'Bệnh viện Đa khoa Minh Họa' })).toBeVisible();
  await expect(month.getByText(/1 lần huy động, 1 lần đủ người/)).toBeVisible();
  await expect(month.getByText('31 phút')).toBeVisible();

  await become(page, 'dieuphoi');
  await page.goto('/app/coordinator');
  await page.getByRole('link', { name: 'Kết quả huy động' }).click();
  await page.getByRole('button', { name: '12 tháng qua' }).click();
  await expect(page.getByRole('heading', { name: 'Bệnh viện Đa khoa Minh Họa' }).last()).toBeVisible();
});

test('a hospital sees no waves, and nothing to steer with', async ({ page }) => {
  await signIn(page, 'benhvien');
  await page.goto('/app/hospital');
  await page
    .getByRole('link', { name: /^4 đơn vị máu O−/ })
    .first()
    .click();
  await expect(page.getByText(/^Diễn biến/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Các lượt gọi' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Mời thêm|Tạm dừng|Mời toàn quốc/ })).toHaveCount(0);
});
