// The few sections at the foot of the screen, by who one is.
import type { IconName } from './ui/Icon.svelte';
import { session } from './session.svelte';
import type { Key } from './shell-words';

export interface Section {
  /** Below `/app`. */
  path: string;
  words: Key;
  icon: IconName;
}

const HOME: Section = { path: '/', words: 'nav.home', icon: 'home' };
const DRIVES: Section = { path: '/drives', words: 'nav.drives', icon: 'drives' };
const CHECK: Section = { path: '/check', words: 'nav.check', icon: 'heart' };
const SIGN_IN: Section = { path: '/sign-in', words: 'nav.sign-in', icon: 'person' };
const ME: Section = { path: '/me', words: 'nav.me', icon: 'person' };

/** Where people work, in the order they see it. */
const WORK: { roles: Parameters<typeof session.has>; section: () => Section }[] = [
  {
    roles: ['club_lead'],
    section: () => ({
      path: `/club/${session.bodies('club_lead')[0] ?? ''}`,
      words: 'nav.club',
      icon: 'people',
    }),
  },
  { roles: ['drive_staff', 'nurse'], section: () => ({ path: '/desk', words: 'nav.desk', icon: 'desk' }) },
  { roles: ['hospital'], section: () => ({ path: '/hospital', words: 'nav.hospital', icon: 'hospital' }) },
  {
    roles: ['coordinator', 'auditor'],
    section: () => ({ path: '/coordinator', words: 'nav.coordinator', icon: 'chart' }),
  },
  { roles: ['admin'], section: () => ({ path: '/admin', words: 'nav.admin', icon: 'settings' }) },
];

/** Every workplace of the person, for the home screen; empty for a donor. */
export function workplaces(): Section[] {
  return WORK.filter((work) => session.has(...work.roles)).map((work) => work.section());
}

/** At most five sections. */
export function sections(): Section[] {
  if (session.state !== 'signed-in') return [HOME, DRIVES, CHECK, SIGN_IN];
  return [HOME, ...workplaces().slice(0, 2), DRIVES, ME];
}

/** Whether a section holds the screen that is open. */
export function holds(section: Section, path: string): boolean {
  return section.path === '/' ? path === '/' : path === section.path || path.startsWith(`${section.path}/`);
}
