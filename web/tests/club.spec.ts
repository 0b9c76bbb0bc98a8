// A club lead's week: who is on the list, who may give, places held and named, who came.
import { asked, clubOf, todaysDrive } from './office';
import { expect, openDrive, signIn, test } from './support';

test('a lead sees the list, looks somebody up without accents, and hands them their entry', async ({
  page,
}) => {
  await signIn(page, 'caulacbo');
  await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('link', { name: 'Câu lạc bộ' }).click();
  await expect(page.getByRole('link', { name: /\d+ thành viên/ })).toBeVisible();
  await page.getByRole('link', { name: /^Thành viên/ }).click();
  await expect(page.getByText(/^\d+ người$/)).toBeVisible();
  await page.getByLabel('Tìm theo tên, không cần dấu').fill('nguyen thi');
  await expect(page.locator('main li').first()).toContainText('Nguyễn Thị');
  await page.getByRole('button', { name: 'Chưa chia sẻ' }).click();
  await expect(page.getByRole('status').filter({ hasText: /người$/ })).toBeVisible();
  await page.locator('main li').first().getByRole('button').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: 'Ghi phiếu đồng ý trên giấy' }).click();
  await expect(page.getByRole('dialog').getByRole('checkbox', { checked: true })).toHaveCount(0);
});

test('somebody is added by name alone, claims their entry by a code, and gets a card', async ({ page }) => {
  await signIn(page, 'caulacbo');
  const club = await clubOf(await asked(page, 'caulacbo'));
  await page.goto(`/app/club/${club}/add`);
  await page.getByRole('button', { name: 'Thêm vào danh sách' }).click();
  await expect(page.getByLabel('Họ và tên')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Họ và tên').fill('Phan Thị Mới');
  await page.getByRole('button', { name: 'Thêm vào danh sách' }).click();
  await expect(page.getByText(/^Đã thêm Phan Thị Mới/)).toBeVisible();
  await page.getByLabel('Tìm theo tên, không cần dấu').fill('phan thi moi');
  await page.locator('main li').first().getByRole('button').click();
  await page.getByRole('button', { name: 'Tạo mã nhận hồ sơ' }).click();
  await expect(page.getByRole('img', { name: /Mã QR để Phan Thị Mới/ })).toBeVisible();
  await page.goto(`/app/club/${club}/cards`);
  await page
    .getByRole('checkbox', { name: /Phan Thị Mới/ })
    .first()
    .check();
  await page.getByRole('button', { name: 'Tạo 1 thẻ' }).click();
  await expect(page.getByRole('button', { name: 'In', exact: true })).toBeVisible();
});

test('the text of this week names nobody in full, and has a poster beside it', async ({ page }) => {
  await signIn(page, 'caulacbo');
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  await page.goto(`/app/club/${club}/this-week`);
  const text = page.locator('pre');
  await expect(text).toContainText('bạn đã đến ngày được hiến');
  const { items } = await lead.get<{ items: { name: string }[] }>(`/organisations/${club}/members?limit=200`);
  const said = await text.textContent();
  for (const { name } of items.filter((one) => one.name.split(' ').length > 2))
    expect(said).not.toContain(name);
  await page.getByRole('checkbox', { name: /Kèm tên gọi/ }).uncheck();
  await expect(text).toContainText(/ngày được hiến:\n/);
});

test('places are held, named, read again with their names, changed, and given back', async ({ page }) => {
  await signIn(page, 'caulacbo');
  const club = await clubOf(await asked(page, 'caulacbo'));
  const drive = await openDrive(page);
  await page.goto(`/app/club/${club}/drives`);
  await expect(page.getByRole('link', { name: drive.name }).first()).toBeVisible();
  await page.goto(`/app/club/${club}/drives/${drive.id}`);
  await page.getByLabel('Giữ bao nhiêu chỗ').fill('2');
  await page.getByRole('button', { name: 'Giữ chỗ', exact: true }).click();

  await expect(page.getByText('Đã chọn 0/2')).toBeVisible();
  const free = page.getByRole('checkbox', { checked: false });
  await page.locator('main li').filter({ hasText: 'Được hiến' }).nth(0).getByRole('checkbox').check();
  await page.locator('main li').filter({ hasText: 'Được hiến' }).nth(1).getByRole('checkbox').check();
  await expect(page.getByText('Đã chọn 2/2')).toBeVisible();
  await expect(free.first()).toBeDisabled();
  await page.getByRole('button', { name: 'Lưu 2 tên' }).click();
  await expect(page.getByText('Đã ghi 2 tên.')).toBeVisible();
  await expect(page.getByText('2/2 chỗ có tên')).toBeVisible();

  // On any other device, the names are there and can be changed.
  await page.getByRole('link', { name: 'Ghi tên' }).click();
  await expect(page.getByText('Đã chọn 2/2')).toBeVisible();
  await page.getByRole('checkbox', { checked: true }).first().uncheck();
  await page.getByRole('button', { name: 'Lưu 1 tên' }).click();
  await expect(page.getByText('1/2 chỗ có tên')).toBeVisible();
  await page.getByRole('button', { name: 'Trả chỗ' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Trả chỗ' }).click();
  await expect(page.getByText('Đã trả chỗ.')).toBeVisible();
});

test('a lead sees of each drive who came and who may give now, never what became of it', async ({ page }) => {
  await signIn(page, 'caulacbo');
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  const drive = await todaysDrive(lead);
  const answers: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes('/attendance')) void answer.text().then((text) => answers.push(text));
  });
  await page.goto(`/app/club/${club}`);
  await page.getByRole('link', { name: /^Ai đã đến/ }).click();
  await expect(page.getByLabel('Đợt hiến máu')).toHaveValue(drive.id);
  await expect(page.getByText('Đã đến', { exact: true }).first()).toBeVisible();
  await page.goto(`/app/club/${club}/came?drive=${drive.id}`);
  await page.getByRole('button', { name: /^Đã đến · \d+/ }).click();
  await expect(page.getByText('Chưa', { exact: true }).first()).toBeVisible();
  expect(answers.join(' ')).not.toMatch(/collected|deferred/);
});
