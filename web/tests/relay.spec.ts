// Half of the members live in Zalo: their club's lead passes on what no mail reaches, and says that it is done.
import type { Locator, Page } from '@playwright/test';
import { asked, clubOf, type Office } from './office';
import { expect, lookAt, openDrive, signIn, test } from './support';

const TOLD = 'Phan Thị Nhắn Giúp';
const RUNG = 'Phan Thị Xem Số';

interface Relay {
  group_text: string;
  people: { person: string; name: string; is_waiting: boolean; done_at: string | null }[];
}

/** Somebody of the club who has a telephone and nothing else, signed a paper, and was given a place: word waits for them. */
async function somebodyWaits(
  page: Page,
  name: string,
  phone: string,
): Promise<{ lead: Office; club: string }> {
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  const members = `/organisations/${club}/members`;
  const { id } = await lead.post<{ id: string }>(members, { name, phone, sex: 'female' });
  for (const purpose of ['data', 'reminders', 'club_sharing'])
    await lead.put(`/people/${id}/consents/${purpose}`, { granted: true, form: 'phiếu số 12' });
  const drive = await openDrive(page);
  const desk = await asked(page, 'tiepdon');
  const slots = await desk.get<{ items: { id: string; places_left: number }[] }>(`/drives/${drive.id}/slots`);
  const slot = slots.items.find((one) => one.places_left > 0)?.id;
  await desk.post(`/drives/${drive.id}/registrations`, { slot, person: id });
  const waits = async () =>
    (await relayOf(lead, club)).people.some((one) => one.person === id && one.is_waiting);
  await expect.poll(waits, { timeout: 60_000, message: 'the message goes by the club' }).toBe(true);
  return { lead, club };
}

function relayOf(lead: Office, club: string): Promise<Relay> {
  return lead.get<Relay>(`/organisations/${club}/relay`);
}

function card(page: Page, name: string): Locator {
  return page.locator('main .card', { hasText: name }).first();
}

/** What lands in a field of another app when the lead pastes. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const chat = document.createElement('textarea');
    chat.id = 'chat';
    document.body.append(chat);
    chat.focus();
  });
  await page.keyboard.press('Control+V');
  const words = await page.locator('#chat').inputValue();
  await page.evaluate(() => document.getElementById('chat')?.remove());
  return words;
}

/** Parts that hold others than the one of a test. */
const others = (name: string): string[] => [
  'main section:not(:has(li))',
  `main li:not(:has-text("${name}"))`,
  'main section:has(details)',
];

test('a lead copies the words, writes to somebody in Zalo, and ticks them off', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { lead, club } = await somebodyWaits(page, TOLD, '0900 000 771');
  await signIn(page, 'caulacbo');
  await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('link', { name: 'Câu lạc bộ' }).click();
  await page.getByRole('link', { name: /^Nhắn giúp hôm nay/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nhắn giúp hôm nay' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Chờ bạn nhắn · \d+$/ })).toBeVisible();
  await lookAt(page, 'relay-waiting', others(TOLD));

  await card(page, TOLD).getByRole('button', { name: 'Chép lời' }).click();
  await expect(page.getByText('Đã chép. Mở Zalo và dán cho Nhắn Giúp.')).toBeVisible();
  const words = await pasted(page);
  expect(words).toMatch(
    /^Chào Giúp, mình là Lạc bên Câu lạc bộ Giọt hồng Suối Hồng .+\. Bạn có chỗ lúc .+ http\S+$/,
  );
  expect(words, 'no full name, no marks of a form letter').not.toMatch(/Phan Thị|[{}]|undefined|null/);

  await card(page, TOLD).getByRole('button', { name: 'Đã nhắn' }).click();
  await expect(page.getByText(`Đã ghi: bạn đã nhắn ${TOLD}.`)).toBeVisible();
  const told = async () => (await relayOf(lead, club)).people.find((one) => one.name === TOLD)?.done_at;
  expect(await told()).toMatch(/Z$/);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(card(page, TOLD).getByRole('button', { name: 'Đã nhắn' })).toBeVisible();
  expect(await told()).toBeNull();

  // Ticked off again, and found to be wrong only later.
  await card(page, TOLD).getByRole('button', { name: 'Đã nhắn' }).click();
  await expect(page.getByText(/^Đã nhắn · \d+$/)).toBeVisible();
  await page.reload();
  await page.getByText(/^Đã nhắn · \d+$/).click();
  const row = page.getByRole('listitem').filter({ hasText: TOLD });
  await expect(row).toContainText(/Đã nhắn \d\d:\d\d/);
  await lookAt(page, 'relay-told', ['main section:not(:has(details))', `main li:not(:has-text("${TOLD}"))`]);
  await row.getByRole('button', { name: 'Chưa nhắn' }).click();
  await expect(page.getByText(`Đã bỏ dấu của ${TOLD}.`)).toBeVisible();
  await expect(card(page, TOLD).getByRole('button', { name: 'Đã nhắn' })).toBeVisible();
});

test('a number is shown on purpose only, and can be dialled', async ({ page }) => {
  const { club } = await somebodyWaits(page, RUNG, '0900 000 772');
  await signIn(page, 'caulacbo');
  await page.goto(`/app/club/${club}/relay`);
  await expect(card(page, RUNG)).toBeVisible();
  await expect(page.locator('a[href^="tel:"]')).toHaveCount(0);
  await card(page, RUNG).getByRole('button', { name: 'Gọi' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/được báo ngay rằng bạn đã xem/)).toBeVisible();
  await lookAt(page, 'relay-number', others(RUNG));
  await dialog.getByRole('button', { name: 'Xem số' }).click();
  await expect(dialog.getByRole('link')).toHaveAttribute('href', /^tel:\+84900000772$/);
});

test('the words for the group name nobody', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, 'caulacbo');
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  await page.goto(`/app/club/${club}/relay`);
  await page.getByRole('button', { name: 'Chép lời nhắn nhóm' }).click();
  await expect(page.getByText('Đã chép. Mở Zalo và dán vào nhóm.')).toBeVisible();
  const words = await pasted(page);
  expect(words).toMatch(/^Chào cả nhà, mình là Lạc bên /);
  for (const { name } of (await relayOf(lead, club)).people) expect(words).not.toContain(name);
});

test('who leads no club is told so', async ({ page }) => {
  const club = await clubOf(await asked(page, 'caulacbo'));
  await signIn(page, 'nguoihien');
  await page.goto(`/app/club/${club}/relay`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('không dành cho bạn');
});
