// Every screen of the app. Each subject lists its own.
import type { Route } from '$lib/router.svelte';
import { routes as accounts } from './screens/accounts/routes';
import { routes as club } from './screens/club/routes';
import { routes as desk } from './screens/desk/routes';
import { routes as administration } from './screens/administration/routes';
import { routes as coordination } from './screens/coordination/routes';
import { routes as donors } from './screens/donors/routes';
import { routes as drives } from './screens/drives/routes';
import { routes as eligibility } from './screens/eligibility/routes';
import { routes as hospital } from './screens/hospital/routes';
import { routes as home } from './screens/home/routes';
import { routes as imports } from './screens/imports/routes';
import { routes as notices } from './screens/notices/routes';
import { routes as organisations } from './screens/organisations/routes';
import { routes as registrations } from './screens/registrations/routes';
import { routes as reminders } from './screens/reminders/routes';
import { routes as reserve } from './screens/reserve/routes';
import { routes as totals } from './screens/totals/routes';

export const routes: Route[] = [
  ...home,
  ...drives,
  ...eligibility,
  ...accounts,
  ...donors,
  ...notices,
  ...registrations,
  ...club,
  ...desk,
  ...imports,
  ...hospital,
  ...coordination,
  ...reminders,
  ...reserve,
  ...totals,
  ...organisations,
  ...administration,
];
