// Draws the PNG icons from public/icons/drop.svg, with Chromium. Run after the drawing changed; the pictures are committed.
import { chromium } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../public/icons/', import.meta.url);
const drop = readFileSync(new URL('drop.svg', folder), 'utf8');
// A launcher may cut a maskable icon to a circle: the ground reaches every edge.
const whole = drop.replace(/ rx="\d+"/, '');
const pictures = [
  ['192.png', drop, 192],
  ['512.png', drop, 512],
  ['maskable-512.png', whole, 512],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
for (const [name, svg, size] of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
