// When places that nobody was named for go back to everyone.

export interface ReleaseMoment {
  name: 'day' | 'hours' | 'start';
  at: string;
}

const HOUR = 3_600_000;
const BEFORE: [ReleaseMoment['name'], number][] = [
  ['day', 24],
  ['hours', 3],
  ['start', 0],
];

/** What can still be chosen for a slot: only moments at least an hour ahead, or its beginning. */
export function releaseMoments(startsAt: string, now: number): ReleaseMoment[] {
  const start = Date.parse(startsAt);
  return BEFORE.filter(([, hours]) => hours === 0 || start - hours * HOUR > now + HOUR).map(
    ([name, hours]) => ({
      name,
      at: new Date(start - hours * HOUR).toISOString(),
    }),
  );
}
