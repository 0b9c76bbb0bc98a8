// A club's list, whole: a lead looks for names also where the network is poor.
import { api, take, type Shapes } from '$lib/api';
import { fold } from '$lib/fold';

export type Member = Shapes['MemberView'];

const PAGE = 200;
const MOST = 5000;

/** Everybody on the list. */
export async function everyMember(club: string): Promise<Member[]> {
  const members: Member[] = [];
  let after: string | null | undefined;
  do {
    const query = after ? { limit: PAGE, after } : { limit: PAGE };
    const page = await take(
      api.GET('/api/v1/organisations/{id}/members', { params: { path: { id: club }, query } }),
    );
    members.push(...page.items);
    after = page.next;
  } while (after && members.length < MOST);
  return members;
}

/** What a lead looks for. */
export interface Wish {
  q: string;
  group: string;
  /** `yes`, `no`, `unknown`, or everybody. */
  give: string;
}

/** Who fits, in the order of the list. */
export function fitting(members: Member[], wish: Wish): Member[] {
  const words = fold(wish.q);
  return members.filter(
    (member) =>
      fold(member.name).includes(words) &&
      (wish.group === '' || member.blood_group === wish.group) &&
      (wish.give === '' || standing(member) === wish.give),
  );
}

/** Whether they may give as far as they let the club know. */
export function standing(member: Pick<Member, 'may_give'>): 'yes' | 'no' | 'unknown' {
  if (member.may_give === true) return 'yes';
  return member.may_give === false ? 'no' : 'unknown';
}

/** What friends call somebody: `Nguyễn Thị Bích An` is `Bích An`. A message never has a full name. */
export function shortName(name: string): string {
  return name.trim().split(/\s+/).slice(-2).join(' ');
}

export const GROUPS: NonNullable<Member['blood_group']>[] = [
  'O+',
  'O-',
  'A+',
  'A-',
  'B+',
  'B-',
  'AB+',
  'AB-',
];

/** `O+` with a real minus sign where there is one. */
export function groupText(group: string): string {
  return group.replace('-', '−');
}
