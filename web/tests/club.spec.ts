// A club lead's week: who is on the list, who may give, places held and named, who came.
import { asked, clubOf, todaysDrive, type Office } from './office';
import { expect, signIn, test } from './support';

interface Seen {
  items: { id: string; person: string; name: string; may_give: boolean | null }[];
}

/** The planned drive to come that has most places left. */
async function emptiestDrive(lead: Office): Promise<{ id: string; name: string }> {
  const { items } = await lead.get<{
    items: { id: string; name: string; kind: string; state: string; places_left: number }[];
  }>('/drives?open=true&limit=50');
  const planned = items.filter((one) => one.kind === 'planned' && one.state === 'open');
  const [first] = planned.sort((one, other) => other.places_left - one.places_left);
  if (!first) throw new Error('no drive is open');
  return first;
}

/** Names of members who may give, are called as nobody else is, and have no place at this drive. */
async function freeMembers(lead: Office, club: string, drive: string): Promise<string[]> {
  const members = await lead.get<Seen>(`/organisations/${club}/members?limit=200`);
  const coming = await lead.get<Seen>(`/organisations/${club}/attendance?drive=${drive}&limit=200`);
  const names = members.items.map((one) => one.name);
  const isAlone = (name: string) => names.filter((other) => other.startsWith(name)).length === 1;
  const known = new Set(coming.items.map((one) => one.person));
  const free = members.items.filter((one) => one.may_give && !known.has(one.id) && isAlone(one.name));
  return free.map((one) => one.name);
}

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
  await page.getByRole('button', { name: 'Chưa chia sẻ', exact: true }).click();
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
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  const drive = await emptiestDrive(lead);
  const free = await freeMembers(lead, club, drive.id);
  await page.goto(`/app/club/${club}/drives`);
  await expect(page.getByRole('link', { name: drive.name }).first()).toBeVisible();
  await page.goto(`/app/club/${club}/drives/${drive.id}`);
  await page.getByLabel('Giữ bao nhiêu chỗ').fill('2');
  await page.getByRole('button', { name: 'Giữ chỗ', exact: true }).click();

  await expect(page.getByText('Đã chọn 0/2')).toBeVisible();
  for (const name of free.slice(0, 2)) {
    await page.getByLabel('Tìm theo tên, không cần dấu').fill(name);
    await page.getByRole('checkbox', { name }).check();
  }
  await expect(page.getByText('Đã chọn 2/2')).toBeVisible();
  await page.getByLabel('Tìm theo tên, không cần dấu').fill(free[2] ?? '');
  await expect(page.getByRole('checkbox', { checked: false }).first()).toBeDisabled();
  await page.getByRole('button', { name: 'Lưu 2 tên' }).click();
  await expect(page.getByText('Đã ghi 2 tên.')).toBeVisible();
  await expect(page.getByText('2/2 chỗ có tên')).toBeVisible();

  // On any other device, the names are there and can be changed.
  await page.getByRole('link', { name: 'Ghi tên' }).click();
  await expect(page.getByText('Đã chọn 2/2')).toBeVisible();
  await page.getByRole('checkbox', { checked: true }).first().click();
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
  await expect(page.getByText('Chưa được hiến', { exact: true }).first()).toBeVisible();
  expect(answers.join(' ')).not.toMatch(/collected|deferred/);
});
