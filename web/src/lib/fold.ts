// Searching without accents.

/** `Đặng Thị Ánh` as `dang thi anh`, so that people find a name however they type it. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
