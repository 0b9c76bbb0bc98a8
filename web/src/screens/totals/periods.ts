// The periods people report on: half-years, years, months.

export interface Period {
  from: string;
  to: string;
}

/** `2022-h1`, `2022-h2`, `2022`. */
export type PeriodName = string;

/** The first and the last day of a period by its name. */
export function daysOf(name: PeriodName): Period {
  const year = name.slice(0, 4);
  if (name.endsWith('h1')) return { from: `${year}-01-01`, to: `${year}-06-30` };
  if (name.endsWith('h2')) return { from: `${year}-07-01`, to: `${year}-12-31` };
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** The half-year that ended last, or ends within this month. */
export function lastHalf(today: string): PeriodName {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  if (month === 12) return `${year}-h2`;
  return month >= 6 ? `${year}-h1` : `${year - 1}-h2`;
}

/** What can be chosen, the latest first. */
export function choices(today: string, years = 6): PeriodName[] {
  const year = Number(today.slice(0, 4));
  return Array.from({ length: years }, (_, back) => year - back).flatMap((one) => [
    `${one}`,
    `${one}-h2`,
    `${one}-h1`,
  ]);
}

/** The name of a period, if it has one. */
export function nameOf(period: Period): PeriodName | null {
  const year = period.from.slice(0, 4);
  const names = [year, `${year}-h1`, `${year}-h2`];
  const fits = (name: PeriodName): boolean =>
    daysOf(name).from === period.from && daysOf(name).to === period.to;
  return names.find(fits) ?? null;
}

/** How much of a period has passed, from 0 to 1. */
export function passed({ from, to }: Period, today: string): number {
  const [start, end, now] = [from, to, today].map((day) => Date.parse(`${day}T00:00:00Z`)) as [
    number,
    number,
    number,
  ];
  return Math.min(1, Math.max(0, (now - start + 86_400_000) / (end - start + 86_400_000)));
}

/** This moment, as the service writes moments. */
export function now(): string {
  return new Date().toISOString();
}
