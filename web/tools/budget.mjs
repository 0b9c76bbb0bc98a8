// Weighs what the first visit to the list of drives fetches, compressed; fails over the budget.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const LIMIT_KB = 45;
const dist = new URL('../dist/', import.meta.url);
if (!existsSync(new URL('.vite/manifest.json', dist))) throw new Error('run `npm run build` first');
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set(['index.html']);
function add(key) {
  const part = manifest[key];
  if (!part) throw new Error(`the build has no ${key}`);
  if (files.has(part.file)) return;
  files.add(part.file);
  for (const css of part.css ?? []) files.add(css);
  for (const name of part.imports ?? []) add(name);
}
add('index.html');
// The list itself may lie in the same file as what every screen needs.
const list = 'src/screens/drives/Drives.svelte';
const isInside = manifest['index.html'].dynamicImports.some((name) => name.startsWith('_app-'));
if (manifest[list] || !isInside) add(list);

let total = 0;
for (const file of files) {
  const size = brotliCompressSync(readFileSync(new URL(file, dist))).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(6)} KB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(6)} KB  in all, of ${LIMIT_KB}`);
if (total > LIMIT_KB * 1024) process.exit(1);
