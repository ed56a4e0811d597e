// What the window of a rule is counted from.

import { type CivilDate, type Instant, localDateOf, startOfDay } from '../../foundation/index.ts'
import type { CustomerMoment, TouchOccasion } from './customer-moment.ts'
import { anniversaryOf, birthdayOf } from './yearly-occasions.ts'

/** What a rule's window is counted from. */
export type TouchAnchor =
  | 'now'
  | 'lastOrder'
  | 'pointsExpire'
  | 'basketAbandoned'
  | 'newsletterOpened'
  | 'birthday'
  | 'anniversary'
  | 'complaintOpened'
  | 'surveyDue'

/** The instant of an anchor; days begin at the customer's midnight. */
export const anchorOf = (anchor: TouchAnchor, moment: CustomerMoment, { at, zone }: TouchOccasion): Instant | null => {
  const midnightOf = (day: CivilDate | null) => (day === null ? null : startOfDay(zone, day))
  switch (anchor) {
    case 'now':
      return at
    case 'lastOrder':
      return moment.lastOrderAt
    case 'pointsExpire':
      return moment.pointsExpiring?.at ?? null
    case 'basketAbandoned':
      return moment.basketAbandonedAt
    case 'newsletterOpened':
      return moment.newsletterOpenedAt
    case 'birthday':
      return midnightOf(birthdayOf(moment, localDateOf(zone, at)))
    case 'anniversary':
      return midnightOf(anniversaryOf(moment, localDateOf(zone, at)))
    case 'complaintOpened':
      return moment.complaintOpenedAt
    case 'surveyDue':
      return moment.surveyDueAt
  }
}
