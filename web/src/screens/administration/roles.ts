// The roles somebody can be given, the most usual first.
import type { Shapes } from '$lib/api';

export const ROLES: Shapes['Role'][] = [
  'club_lead',
  'drive_staff',
  'nurse',
  'hospital',
  'coordinator',
  'auditor',
  'admin',
];
