// Standing by for emergencies: a donor pledges and withdraws, a club keeps its reserve and sees where the night has gaps.
import { asked, clubOf, newcomer } from './office';
import { codeFor, expect, lookAt, settled, signIn, test } from './support';

test('a newcomer pledges for a club, agrees to be called in the same tap, and withdraws in one', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const now = Number(new Date().toLocaleString('en', { timeZone: 'Asia/Ho_Chi_Minh', month: 'numeric' }));
  const winter = [...new Set([1, 12, now])].sort((one, other) => one - other);
  await newcomer(page, 'Lò Thị Sẵn Sàng');
  await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('link', { name: 'Tôi' }).click();
  await page.getByRole('link', { name: 'Lực lượng hiến máu dự bị' }).click();
  await expect(page.getByText(/Khi chạm nút, bạn cũng đồng ý điều này: “.+”/)).toBeVisible();
  const give = page.getByRole('button', { name: 'Đồng ý và sẵn sàng' });
  await give.click();
  await expect(page.getByText('Hãy chọn một câu lạc bộ.')).toBeVisible();
  await page.getByLabel('Câu lạc bộ', { exact: true }).fill('mau hiem');
  await page.getByRole('button', { name: /^Câu lạc bộ Máu hiếm Bến Mới/ }).click();
  await lookAt(page, 'reserve-pledge');
  await give.click();
  const word = page.getByRole('region', { name: 'Bạn đang dự bị' });
  await expect(word).toContainText('Câu lạc bộ Máu hiếm Bến Mới');
  await expect(word).toContainText('đến 20 km · chỉ ban ngày');

  await page.getByText('Tầm đi lại, ban đêm, tháng nào').click();
  await page.getByRole('radio', { name: '50 km' }).check();
  await page.getByRole('checkbox', { name: 'Có thể mời cả ban đêm' }).check();
  await page.getByRole('radio', { name: 'Chỉ một số tháng' }).check();
  // This month is chosen; one month at least always is.
  for (const month of winter.filter((one) => one !== now))
    await page.getByRole('button', { name: `Tháng ${month}`, exact: true }).click();
  await lookAt(page, 'reserve-terms');
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await expect(word).toContainText(`đến 50 km · cả ban đêm · tháng ${winter.join(', ')}`);

  await page.getByRole('button', { name: 'Rút khỏi dự bị' }).click();
  await expect(page.getByRole('button', { name: 'Tôi sẵn sàng' })).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(word).toContainText(`đến 50 km · cả ban đêm · tháng ${winter.join(', ')}`);
  await page.getByRole('button', { name: 'Rút khỏi dự bị' }).click();
  await expect(word).toHaveCount(0);
});

test('a member of a club stands by for it with one tap', async ({ page }) => {
  await page.goto('/app/sign-in');
  const email = 'hienmau0001@giothong.example';
  await page.getByLabel('Email').fill(email);
  // Others sign in as the same person: their codes are older.
  const since = Date.now();
  await page.getByRole('button', { name: 'Nhận mã' }).click();
  await page.getByLabel('Mã sáu chữ số').fill(await codeFor(email, since));
  await expect(page.getByRole('heading', { level: 1, name: /Chào/ })).toBeVisible();
  await page.goto('/app/me/reserve');
  await settled(page);
  await expect(page.getByText('Dự bị cho Câu lạc bộ')).toBeVisible();
  await page.getByRole('button', { name: 'Tôi sẵn sàng' }).click();
  await expect(page.getByRole('region', { name: 'Bạn đang dự bị' })).toBeVisible();
  await page.getByRole('button', { name: 'Rút khỏi dự bị' }).click();
  await expect(page.getByText('Dự bị cho Câu lạc bộ')).toBeVisible();
});

test('a lead sees the gaps of the night in words, and looks for who stands by in a group and a commune', async ({
  page,
}) => {
  await signIn(page, 'caulacbo');
  const club = await clubOf(await asked(page, 'caulacbo'));
  await page.goto(`/app/club/${club}`);
  await page.getByRole('link', { name: /^Dự bị/ }).click();
  await expect(page.getByText(/^Tối nay còn thiếu: .*AB−/)).toBeVisible();
  const tonight = page.getByRole('region', { name: 'Tối nay' });
  const group = (name: string) => tonight.getByRole('listitem').filter({ hasText: name });
  await expect(group('AB−')).toHaveText(/AB− 0 trong 10 km tối nay.*thiếu 2/s);
  await expect(group('O+')).toHaveText(/O\+ \d+ trong 10 km tối nay.*đủ/s);

  const rows = page.locator('.rows li');
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  await page.getByLabel('Nhóm máu').selectOption({ label: (await optionOf(page, 'Nhóm máu', /^O\+/)) ?? '' });
  await expect.poll(() => rows.count()).toBeLessThan(all);
  for (const text of await rows.allTextContents()) expect(text).toMatch(/^\s*O\+/);
  const commune = await optionOf(page, 'Xã, phường', /Suối Hồng/);
  await page.getByLabel('Xã, phường').selectOption({ label: commune ?? '' });
  await expect
    .poll(async () => (await rows.allTextContents()).every((row) => row.includes('Suối Hồng')))
    .toBe(true);
  await page.getByLabel('Nhóm máu').selectOption({ label: 'AB− (0)' });
  await expect(page.getByText('Không có ai khớp')).toBeVisible();
  await page.getByRole('button', { name: 'Xóa bộ lọc' }).click();
  await expect(rows).toHaveCount(all);
});

/** The words of the first choice of a list that fit. */
async function optionOf(
  page: import('@playwright/test').Page,
  label: string,
  fits: RegExp,
): Promise<string | undefined> {
  const words = await page.getByLabel(label).locator('option').allTextContents();
  return words.map((one) => one.trim()).find((one) => fits.test(one));
}

test('a lead notes a test, takes somebody off, thinks better of it, and adds who signed the form', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'caulacbo');
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  const name = `Phan Thị Dự Bị ${Date.now() % 1000}`;
  await lead.post(`/organisations/${club}/members`, { name });
  await page.goto(`/app/club/${club}/reserve`);
  const rows = page.locator('.rows li');
  const first = (await rows.first().locator('.strong').textContent()) ?? '';
  await rows.first().getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Xét nghiệm trước vào ngày').fill('01/10/2026');
  await lookAt(page, 'reserve-entry', ['main', 'dialog h2']);
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(rows.filter({ hasText: first }).first()).toContainText('xét nghiệm 01/10/2026');
  await rows.filter({ hasText: first }).first().getByRole('button').click();
  await dialog.getByRole('button', { name: 'Đưa ra khỏi dự bị' }).click();
  await expect(page.getByText(`${first} không còn dự bị.`)).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(rows.filter({ hasText: first }).first()).toContainText('xét nghiệm 01/10/2026');

  await page.getByRole('link', { name: 'Thêm người dự bị' }).click();
  await page.getByLabel('Tìm theo tên, không cần dấu').fill('phan thi du bi');
  await page.locator('main li').filter({ hasText: name }).getByRole('button').click();
  await dialog.getByRole('button', { name: 'Ghi vào dự bị' }).click();
  await expect(
    dialog.getByText(`${name} chưa đồng ý nhận lời mời khẩn cấp.`, { exact: false }),
  ).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Lưu và xử lý thông tin cá nhân' }).check();
  await dialog.getByRole('checkbox', { name: 'Gọi khi bệnh viện cần máu khẩn cấp' }).check();
  await dialog.getByLabel('Phiếu nào').fill('phiếu số 7, tủ văn phòng');
  await dialog.getByRole('button', { name: 'Ghi lại' }).click();
  await expect(page.getByText(`${name} đã ở trong danh sách dự bị.`)).toBeVisible();
  await expect(page.locator('.rows')).toContainText(name);
});
