// The facts of a customer that rules ask for, and the fields that they have.

import type { Either } from 'fp-ts/Either'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type CivilDate, type Instant, type InvalidValue, invalidValue, localDateOf } from '../../foundation/index.ts'
import type { Fact, Facts, Vocabulary, VocabularyField } from '../../rules/index.ts'
import { unlessFaulty } from '../unless-faulty.ts'
import type { CustomerMoment, TouchOccasion } from './customer-moment.ts'
import { anniversaryOf, birthdayOf, nextAnniversary } from './yearly-occasions.ts'

const integer = (name: string): VocabularyField => ({ name, type: 'integer' })
const flag = (name: string): VocabularyField => ({ name, type: 'flag' })

const knownFields: ReadonlyArray<VocabularyField> = [
  /* @__PURE__ */ integer('daysSinceLastOrder'),
  /* @__PURE__ */ integer('silencePercent'),
  /* @__PURE__ */ integer('pointsExpiring'),
  /* @__PURE__ */ integer('daysUntilPointsExpire'),
  /* @__PURE__ */ integer('pointsToNextTier'),
  /* @__PURE__ */ integer('hoursSinceBasket'),
  /* @__PURE__ */ integer('daysSinceNewsletterOpened'),
  /* @__PURE__ */ integer('daysUntilBirthday'),
  /* @__PURE__ */ integer('daysUntilAnniversary'),
  /* @__PURE__ */ integer('yearsAtAnniversary'),
  /* @__PURE__ */ flag('referralUnused'),
  /* @__PURE__ */ flag('complaintOpen'),
  /* @__PURE__ */ flag('surveyDue'),
  /* @__PURE__ */ integer('valuePercentile'),
]

/**
 * The fields that rules may ask for: the known ones and those that an application declares.
 *
 * `daysSinceLastOrder`, `silencePercent` (those days by the customer's own rhythm, 200 for twice as long as usual),
 * `pointsExpiring`, `daysUntilPointsExpire`, `pointsToNextTier`, `hoursSinceBasket`, `daysSinceNewsletterOpened`,
 * `daysUntilBirthday`, `daysUntilAnniversary`, `yearsAtAnniversary`, `referralUnused`, `complaintOpen`, `surveyDue`,
 * `valuePercentile`. Numbers are whole; days are counted on the customer's calendar.
 *
 * @param declared fields of an application's own, none when absent
 * @returns `InvalidValue` for a declared field that has the name of another one.
 * @example
 * ```ts
 * import { touchVocabulary, unwrap } from 'treue'
 *
 * unwrap(touchVocabulary([{ name: 'favourite', type: 'text' }])).fields.length // => 15
 * touchVocabulary([{ name: 'surveyDue', type: 'flag' }])._tag // => 'Left'
 * ```
 */
export const touchVocabulary = (
  declared: ReadonlyArray<VocabularyField> = [],
): Either<ReadonlyNonEmptyArray<InvalidValue>, Vocabulary> => {
  const names = new Set(knownFields.map(({ name }) => name))
  const faults = declared.flatMap(({ name }, index) => {
    const repeated = names.has(name)
    names.add(name)
    return repeated ? [invalidValue([index, 'name'], name, 'a name that no other field has')] : []
  })
  return unlessFaulty(faults, () => ({ fields: [...knownFields, ...declared] }))
}

const msPerHour = 3_600_000

type FactEntry = readonly [name: string, fact: Fact | undefined]

const daysUntil = (today: CivilDate, day: CivilDate | null): number | undefined =>
  day === null ? undefined : day - today

const timeFacts = (moment: CustomerMoment, { at, zone }: TouchOccasion, today: CivilDate): ReadonlyArray<FactEntry> => {
  const { lastOrderAt, usualGapDays, basketAbandonedAt, newsletterOpenedAt, pointsExpiring } = moment
  const daysSince = (then: Instant | null) => (then === null ? undefined : today - localDateOf(zone, then))
  const silent = daysSince(lastOrderAt)
  return [
    ['daysSinceLastOrder', silent],
    [
      'silencePercent',
      silent === undefined || usualGapDays === null ? undefined : Math.floor((100 * silent) / usualGapDays),
    ],
    ['hoursSinceBasket', basketAbandonedAt === null ? undefined : Math.floor((at - basketAbandonedAt) / msPerHour)],
    ['daysSinceNewsletterOpened', daysSince(newsletterOpenedAt)],
    ['daysUntilPointsExpire', pointsExpiring === null ? undefined : localDateOf(zone, pointsExpiring.at) - today],
  ]
}

/**
 * The facts of a customer that rules ask for; see {@link touchVocabulary}.
 *
 * @param moment what is known of the customer
 * @param occasion when and where it is asked
 * @example
 * ```ts
 * import { noMoment, parseInstant, touchFacts, unwrap, utc } from 'treue'
 *
 * const moment = { ...noMoment('ann'), lastOrderAt: unwrap(parseInstant('2026-02-01T12:00:00Z')), usualGapDays: 14 }
 * const { daysSinceLastOrder, silencePercent } = touchFacts(moment, { at: unwrap(parseInstant('2026-03-01T09:00:00Z')), zone: utc })
 * daysSinceLastOrder // => 28
 * silencePercent // => 200
 * ```
 */
export const touchFacts = (moment: CustomerMoment, occasion: TouchOccasion): Facts => {
  const { at, zone, facts = {} } = occasion
  const today = localDateOf(zone, at)
  const { joinedOn, pointsExpiring, pointsToNextTier, referralUnused, complaintOpenedAt, surveyDueAt } = moment
  const entries: ReadonlyArray<FactEntry> = [
    ...Object.entries(facts),
    ...timeFacts(moment, occasion, today),
    ['pointsExpiring', pointsExpiring?.points],
    ['pointsToNextTier', pointsToNextTier ?? undefined],
    ['daysUntilBirthday', daysUntil(today, birthdayOf(moment, today))],
    ['daysUntilAnniversary', daysUntil(today, anniversaryOf(moment, today))],
    ['yearsAtAnniversary', joinedOn === null ? undefined : nextAnniversary(joinedOn, today).years],
    ['referralUnused', referralUnused ?? undefined],
    ['complaintOpen', complaintOpenedAt !== null && complaintOpenedAt <= at],
    ['surveyDue', surveyDueAt !== null && surveyDueAt <= at],
    ['valuePercentile', moment.valuePercentile === null ? undefined : Math.floor(moment.valuePercentile)],
  ]
  return Object.fromEntries(entries)
}
