// Numbers, days and hours as people here write them, always in the time zone of the drive.
import { language } from './preferences.svelte';

const HOME = 'Asia/Ho_Chi_Minh';
// Vietnam keeps the same hour all year. So its days and hours are reckoned here: the browser's own calendars take half a
// second of a cheap phone before the first of them is ready.
const HOME_AHEAD_MS = 7 * 3_600_000;
const WEEKDAYS = ['chủ Nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];

const made = new Map<string, unknown>();

/** The formatter of a language: making one takes a cheap phone a millisecond, and a list needs a hundred. */
export function formatter<T>(kind: string, options: object, make: () => T): T {
  const key = kind + JSON.stringify(options);
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

function parts(options: Intl.DateTimeFormatOptions, at: Date, locale = language.locale): string {
  return formatter(locale, options, () => new Intl.DateTimeFormat(locale, options)).format(at);
}

/** A date `2026-11-21` has no hour; noon keeps it the same day everywhere. */
function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

/** A moment as clocks in Vietnam show it: `2026-11-21T08:30:00.000Z` stands for half past eight there. */
function atHome(moment: string | Date): string {
  return new Date(new Date(moment).getTime() + HOME_AHEAD_MS).toISOString();
}

/** `2.896` */
export function number(value: number, digits = 0): string {
  if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
  const [locale, options] = [language.locale, { maximumFractionDigits: digits }];
  return formatter(locale, options, () => new Intl.NumberFormat(locale, options)).format(value);
}

/** `thứ Bảy, 21/11/2026` for a date. */
export function day(date: string): string {
  const weekday =
    language.current === 'vi'
      ? WEEKDAYS[noon(date).getUTCDay()]
      : parts({ weekday: 'long', timeZone: 'UTC' }, noon(date));
  return `${weekday}, ${shortDay(date)}`;
}

/** `Thứ Bảy, 21/11/2026`: the same where a line begins with it. */
export function dayFirst(date: string): string {
  const text = day(date);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `21/11/2026` */
export function shortDay(date: string): string {
  return `${dayAndMonth(date)}/${date.slice(0, 4)}`;
}

/** `21/11` */
export function dayAndMonth(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}`;
}

/** `T7`, `CN` */
export function weekdayShort(date: string): string {
  if (language.current === 'en') return parts({ weekday: 'short', timeZone: 'UTC' }, noon(date));
  const weekday = noon(date).getUTCDay();
  return weekday === 0 ? 'CN' : `T${weekday + 1}`;
}

/** `tháng 11`, `Nov` */
export function monthOf(date: string): string {
  if (language.current === 'en') return parts({ month: 'short', timeZone: 'UTC' }, noon(date));
  return `tháng ${Number(date.slice(5, 7))}`;
}

/** `08:30` */
export function time(moment: string, zone = HOME): string {
  if (zone === HOME) return atHome(moment).slice(11, 16);
  return parts({ hour: '2-digit', minute: '2-digit', hour12: false, timeZone: zone }, new Date(moment));
}

/** `07:30–11:00` */
export function hours(from: string, to: string, zone = HOME): string {
  return `${time(from, zone)}–${time(to, zone)}`;
}

/** The date of a moment in a zone: `2026-11-21`. */
export function dateOf(moment: string | Date, zone = HOME): string {
  if (zone === HOME) return atHome(moment).slice(0, 10);
  return parts({ timeZone: zone, dateStyle: 'short' }, new Date(moment), 'en-CA');
}

/** `08:30, thứ Bảy, 21/11/2026` */
export function moment(at: string, zone = HOME): string {
  return `${time(at, zone)}, ${day(dateOf(at, zone))}`;
}

/** Today's date in Vietnam. */
export function today(): string {
  return dateOf(new Date());
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  const at = noon(date);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

/** `850 m`, `3,2 km`, `45 km` */
export function distance(metres: number): string {
  if (metres < 1000) return `${number(Math.round(metres / 50) * 50)} m`;
  return `${number(metres / 1000, metres < 10_000 ? 1 : 0)} km`;
}

/** `O−`, with a real minus sign. */
export function groupText(group: string): string {
  return group.replace('-', '−');
}
