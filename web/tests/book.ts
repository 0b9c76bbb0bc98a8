// The exercise book of an invented club: 200 rows as people keep them, with slips.
import writeExcelFile from 'write-excel-file/node';

const FAMILY = ['Lò', 'Vàng', 'Giàng', 'Nguyễn', 'Trần', 'Hoàng', 'Lý', 'Sùng', 'Phàn', 'Đặng'];
const MIDDLE = ['Thị', 'Văn', 'A', 'Minh', 'Thanh'];
const GIVEN =
  'Mây Sử Mỷ Ước Hồng Hòa Bình Ánh Dũng Điệp Giang Hạnh Khánh Lan Mai Nga Oanh Phúc Quý Sơn'.split(' ');
const GROUPS = ['O+', 'B Rh+', 'A dương', 'AB', 'O Rh(D) âm', 'b+', 'nhóm A+', ''];
const HEADINGS = ['STT', 'Ho ten', 'Năm sinh', 'Điện thoại', 'Nhóm máu', 'Hiến gần nhất', 'Địa chỉ'];
/** Row, column and what stands there that nobody can mean. */
const SLIPS: [number, number, string][] = [
  [10, 2, '31/02/1990'],
  [20, 3, '09123'],
  [30, 5, 'hôm qua'],
  [35, 4, 'C+'],
  [60, 5, '21/11/2090'],
];

type Cell = { value: string | number | Date; format?: string } | null;

/** Every number another person. */
function nameOf(person: number): string {
  const tens = Math.floor(person / 10);
  return `${FAMILY[person % 10]} ${MIDDLE[tens % 5]} ${GIVEN[(tens + person) % 20]}`;
}

function withoutAccents(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

/** A birth date in one of five forms. */
function born(row: number, person: number): Cell {
  const [year, month, day] = [1970 + (person % 30), 1 + (person % 12), 1 + (person % 28)];
  const two = (number: number) => String(number).padStart(2, '0');
  switch (row % 5) {
    case 0:
      return { value: `${two(day)}/${two(month)}/${year}` };
    case 1:
      return { value: `${day}-${month}-${two(year % 100)}` };
    case 2:
      return { value: `${day}.${month}.${year}` };
    case 3:
      return { value: `${year}-${two(month)}-${two(day)}` };
    default:
      return { value: new Date(Date.UTC(year, month - 1, day)), format: 'dd/mm/yyyy' };
  }
}

function line(row: number, phones: number): Cell[] {
  // The last twelve rows are the people from row 40 on once more.
  const person = row < 188 ? row : row - 148;
  const name = nameOf(person);
  const phone = phones + person;
  const group = GROUPS[person % 8];
  return [
    { value: row + 1 },
    { value: row % 7 === 3 ? withoutAccents(name) : name },
    born(row, person),
    row % 2 === 0 ? { value: `0${phone}` } : { value: phone },
    group ? { value: group } : null,
    person % 3 === 0 ? { value: '15/4/2026' } : null,
    { value: 'Phường Sa Pa' },
  ];
}

/** 200 rows: every seventh without accents, birth dates in five forms, twelve people twice, five with a slip. */
export async function exerciseBook(phones: number): Promise<Buffer> {
  const rows: Cell[][] = Array.from({ length: 200 }, (_, row) => line(row, phones));
  for (const [row, column, slip] of SLIPS) {
    const cells = rows[row];
    if (cells) cells[column] = { value: slip };
  }
  const titles: Cell[][] = [[{ value: 'HỘI CHỮ THẬP ĐỎ' }], [{ value: 'DANH SÁCH CÂU LẠC BỘ' }], []];
  const head: Cell[] = HEADINGS.map((value) => ({ value }));
  return writeExcelFile([...titles, head, ...rows], { sheet: 'Vở 2026' }).toBuffer();
}
