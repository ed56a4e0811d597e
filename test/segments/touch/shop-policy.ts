// A policy with every tactic of the guide, for tests.
import { decode, unwrap } from '../../../src/foundation/index.ts'
import type { Condition } from '../../../src/rules/index.ts'
import {
  compileTouchPolicy,
  type TouchPolicy,
  type TouchRule,
  touchPolicyCodec,
  touchVocabulary,
} from '../../../src/segments/index.ts'

const rule = (id: string, when: Condition, more: Partial<TouchRule> = {}): TouchRule => ({
  id,
  kind: 'marketing',
  when,
  anchor: 'now',
  fromHours: 0,
  untilHours: 72,
  channels: ['push', 'email'],
  priority: 50,
  repeatAfterHours: 168,
  offers: [],
  holdout: null,
  ...more,
})

const rules: ReadonlyArray<TouchRule> = [
  rule(
    'complaint',
    { field: 'complaintOpen', is: true },
    { kind: 'service', anchor: 'complaintOpened', untilHours: 48, channels: ['phone', 'email'], priority: 100 },
  ),
  rule(
    'winBack',
    {
      all: [
        { field: 'silencePercent', atLeast: 200 },
        { field: 'valuePercentile', atLeast: 80 },
      ],
    },
    { priority: 90, offers: ['reminder', '10 percent', '20 percent'], repeatAfterHours: 24 },
  ),
  rule('silent', { field: 'silencePercent', atLeast: 130, lessThan: 200 }, { priority: 60 }),
  rule(
    'basket',
    { field: 'hoursSinceBasket', atMost: 48 },
    { anchor: 'basketAbandoned', fromHours: 2, untilHours: 48, priority: 80 },
  ),
  rule(
    'pointsExpire',
    {
      all: [
        { field: 'pointsExpiring', atLeast: 100 },
        { field: 'daysUntilPointsExpire', atMost: 14 },
      ],
    },
    { anchor: 'pointsExpire', fromHours: -336, untilHours: -24, priority: 75 },
  ),
  rule('nextTier', { field: 'pointsToNextTier', moreThan: 0, atMost: 200 }, { priority: 55 }),
  rule(
    'stay',
    { field: 'daysSinceNewsletterOpened', atLeast: 30 },
    { channels: ['email'], priority: 30, repeatAfterHours: 8784 },
  ),
  rule(
    'birthday',
    { field: 'daysUntilBirthday', atMost: 1 },
    { anchor: 'birthday', fromHours: 9, untilHours: 24, priority: 70 },
  ),
  rule(
    'anniversary',
    { field: 'daysUntilAnniversary', atMost: 1 },
    { anchor: 'anniversary', fromHours: 9, untilHours: 24, priority: 65 },
  ),
  rule('referral', { field: 'referralUnused', is: true }, { priority: 20 }),
  rule(
    'survey',
    { field: 'surveyDue', is: true },
    { kind: 'service', anchor: 'surveyDue', untilHours: 336, channels: ['email'], priority: 40 },
  ),
]

export const policy: TouchPolicy = {
  rules,
  suppressions: [{ id: 'complaintFirst', kinds: ['marketing'], when: { field: 'complaintOpen', is: true } }],
  caps: [
    { channels: null, kinds: ['marketing'], most: 2, hours: 72 },
    { channels: ['push'], kinds: ['marketing', 'service'], most: 1, hours: 24 },
    { channels: ['email'], kinds: ['marketing', 'service'], most: 1, days: 1 },
    { channels: null, kinds: ['marketing'], most: 3, days: 7 },
  ],
  quiet: [{ channels: null, hours: { fromMinute: 21 * 60, untilMinute: 8 * 60 } }],
  holdout: null,
}

export const vocabulary = unwrap(touchVocabulary())

/** Decoded once, so that the tests see what an application sees. */
export const shopPolicy: TouchPolicy = unwrap(decode(touchPolicyCodec(vocabulary), policy))

export const compiled = compileTouchPolicy(vocabulary, shopPolicy)
