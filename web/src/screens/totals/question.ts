// Which report is asked for, in the address, so that it can be passed on and printed.
import { api, take, type Shapes } from '$lib/api';
import { today } from '$lib/format';
import { daysOf, lastHalf, type Period } from './periods';

export interface ReportQuestion extends Period {
  body: string;
}

/** Reads what an address asks; the last half-year where it says nothing. */
export function readQuestion(query: URLSearchParams): ReportQuestion {
  const usual = daysOf(lastHalf(today()));
  return {
    body: query.get('body') ?? '',
    from: query.get('from') ?? usual.from,
    to: query.get('to') ?? usual.to,
  };
}

/** The service's question for it. */
export function asked(question: ReportQuestion): { organisation: string; from: string; to: string } {
  return { organisation: question.body, from: question.from, to: question.to };
}

/** The report itself; the description also names the forms it is printed in. */
export async function fetchReport(question: ReportQuestion): Promise<Shapes['ReportView']> {
  const answer = await take(api.GET('/api/v1/reports/period', { params: { query: asked(question) } }));
  return answer as Shapes['ReportView'];
}
