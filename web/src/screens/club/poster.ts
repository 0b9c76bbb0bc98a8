// A picture for the club's group: what, where, when, and a QR of the drive's page.

export interface Words {
  club: string;
  name: string;
  place: string;
  when: string;
  link: string;
  head: string;
  call: string;
  site: string;
}

const WIDTH = 1080;
const HEIGHT = 1350;
const EDGE = 84;
const RED = '#be123c';
const INK = '#231a18';
const QUIET = '#665a54';
const QR = 400;

/** Paints the poster; always light, since it is looked at elsewhere. */
export async function paint(canvas: HTMLCanvasElement, words: Words): Promise<void> {
  const { encode } = await import('uqr');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#fffaf7';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = RED;
  pen.fillRect(0, 0, WIDTH, 300);
  drop(pen, WIDTH - EDGE - 90, 70);
  write(pen, words.head, { top: 96, size: 84, color: '#ffffff', width: WIDTH - 2 * EDGE - 160 });
  let top = write(pen, words.name, { top: 356, size: 62, color: INK });
  top = write(pen, words.when, { top: top + 26, size: 46, color: RED });
  write(pen, words.place, { top: top + 18, size: 42, color: QUIET, weight: 400 });
  qr(pen, encode(words.link, { border: 0 }).data, HEIGHT - EDGE - QR);
  const beside = { left: EDGE + QR + 56, width: WIDTH - 2 * EDGE - QR - 56 };
  const foot = write(pen, words.call, { ...beside, top: HEIGHT - EDGE - QR, size: 50, color: INK });
  write(pen, words.club, { ...beside, top: foot + 30, size: 36, color: QUIET, weight: 400 });
  write(pen, words.site, { ...beside, top: HEIGHT - EDGE - 44, size: 36, color: RED });
}

interface Style {
  top: number;
  size: number;
  color: string;
  weight?: number;
  left?: number;
  width?: number;
}

/** Writes words over as many lines as they need, at most four; answers where they end. */
function write(pen: CanvasRenderingContext2D, text: string, style: Style): number {
  const { left = EDGE, width = WIDTH - 2 * EDGE, size, weight = 700 } = style;
  pen.font = `${weight} ${size}px system-ui, Roboto, 'Noto Sans', Arial, sans-serif`;
  pen.fillStyle = style.color;
  pen.textBaseline = 'top';
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  lines.slice(0, 4).forEach((line, row) => pen.fillText(line, left, style.top + row * size * 1.25, width));
  return style.top + Math.min(4, lines.length) * size * 1.25;
}

function qr(pen: CanvasRenderingContext2D, squares: boolean[][], top: number): void {
  const side = QR / squares.length;
  pen.fillStyle = '#ffffff';
  pen.fillRect(EDGE - 24, top - 24, QR + 48, QR + 48);
  pen.fillStyle = '#000000';
  squares.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) pen.fillRect(EDGE + x * side, top + y * side, Math.ceil(side), Math.ceil(side));
    }),
  );
}

function drop(pen: CanvasRenderingContext2D, left: number, top: number): void {
  pen.save();
  pen.translate(left - 30, top);
  pen.scale(6.6, 6.6);
  pen.fillStyle = '#ffffff';
  pen.fill(new Path2D('M12 2c4.6 5.6 7.5 9.3 7.5 13a7.5 7.5 0 0 1-15 0C4.5 11.3 7.4 7.6 12 2z'));
  pen.restore();
}
