// Generators of challenges, streaks and what members do in them: many records close to one another, at DST days and ends
// of months, with repeated ids left out.
import fc from 'fast-check'
import {
  type Challenge,
  type ChallengeAction,
  ChallengeId,
  type ContributionReversal,
  LevelId,
  type Streak,
} from '../../src/challenges/index.ts'
import {
  type ActivityId,
  addDuration,
  type Instant,
  parseInstant,
  unwrap,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import type { Vocabulary } from '../../src/rules/index.ts'
import { idArbitrary } from './foundation.ts'
import { calendarArbitrary, durationUpTo, realZone } from './time.ts'

export const actionVocabulary: Vocabulary = {
  fields: [
    { name: 'amount', type: 'integer' },
    { name: 'store', type: 'text' },
  ],
}

export const challengeZone: fc.Arbitrary<Zone> = fc.constantFrom(
  utc,
  realZone('Europe/Berlin'),
  realZone('America/Sao_Paulo'),
  realZone('Pacific/Apia'),
)

/** Levels with rising targets and ids of their own. */
export const levelsArbitrary = fc
  .uniqueArray(fc.tuple(idArbitrary(LevelId), fc.integer({ min: 1, max: 12 })), {
    minLength: 1,
    maxLength: 3,
    selector: ([id]) => id,
  })
  .map((levels) => {
    let target = 0
    return levels.map(([id, step]) => {
      target += step
      return { id, target }
    })
  })

const windowArbitrary: fc.Arbitrary<Challenge['window']> = fc.oneof(
  fc.constant({ type: 'whole' } as const),
  fc.record({ type: fc.constant('calendar' as const), calendar: calendarArbitrary }),
  fc.record({
    type: fc.constant('fromFirst' as const),
    duration: durationUpTo(40).filter(({ amount }) => amount > 0),
    repeats: fc.boolean(),
  }),
)

const loss = fc.constantFrom('takeBack' as const, 'keep' as const)

export const challengeArbitrary: fc.Arbitrary<Challenge> = fc.record(
  {
    id: idArbitrary(ChallengeId),
    measure: fc.constantFrom(
      { type: 'times' } as const,
      { type: 'sum', field: 'amount' } as const,
      { type: 'distinct', field: 'store' } as const,
    ),
    window: windowArbitrary,
    levels: levelsArbitrary,
    when: fc.constantFrom(
      { field: 'amount', atLeast: 2 },
      {
        any: [
          { field: 'store', is: 'b' },
          { field: 'amount', moreThan: 3 },
        ],
      },
    ),
    open: fc.constant({
      from: unwrap(parseInstant('2018-03-01T00:00:00Z')),
      until: unwrap(parseInstant('2018-12-01T00:00:00Z')),
    }),
    onLoss: loss,
    onEdit: loss,
  },
  { requiredKeys: ['id', 'measure', 'window', 'levels'] },
)

/** Changes of clocks, the end of a month, a leap day. */
const starts = ['2018-02-17T22:00:00Z', '2018-03-24T12:00:00Z', '2018-11-03T00:00:00Z', '2020-02-28T20:00:00Z'].map(
  (text) => unwrap(parseInstant(text)),
)

/** Instants within some days of one of a few places, several the same. */
export const nearbyInstants = fc
  .tuple(fc.constantFrom(...starts), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 23 }))
  .map(
    ([start, days, hours]) => (addDuration(utc, start, { amount: days, unit: 'day' }) + hours * 3_600_000) as Instant,
  )

const factsArbitrary = fc.record(
  { amount: fc.integer({ min: -1, max: 6 }), store: fc.constantFrom('a', 'b', '__proto__', 'constructor') },
  { requiredKeys: [] },
)

/** Actions with ids of their own. */
export const actionsArbitrary: fc.Arbitrary<ReadonlyArray<ChallengeAction>> = fc
  .array(fc.record({ at: nearbyInstants, facts: factsArbitrary }), { maxLength: 14 })
  .map((actions) => actions.map((action, index) => ({ ...action, id: `action ${index}` as ActivityId })))

/** Reversals of some of those, in whole or in part, and of some that never come. */
export const reversalsArbitrary: fc.Arbitrary<ReadonlyArray<ContributionReversal>> = fc
  .array(
    fc.record({ of: fc.integer({ min: 0, max: 15 }), at: nearbyInstants, amount: fc.constantFrom(null, 1, 2, 5) }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ of, at, amount }, index) => ({
      id: `reversal ${index}` as ActivityId,
      of: `action ${of}` as ActivityId,
      at,
      amount,
    })),
  )

export const streakArbitrary: fc.Arbitrary<Streak> = fc.record(
  {
    id: idArbitrary(ChallengeId),
    calendar: fc.constantFrom(
      { unit: 'day' } as const,
      { unit: 'day' } as const,
      { unit: 'week', startsOn: 1 } as const,
      { unit: 'week', startsOn: 7 } as const,
      { unit: 'month' } as const,
    ),
    actionsPerPeriod: fc.integer({ min: 1, max: 2 }),
    levels: levelsArbitrary
      .map((levels) => levels.map(({ id, target }) => ({ id, periods: Math.ceil(target / 2) })))
      .map((levels) =>
        levels.filter(({ periods }, index) => index === 0 || periods > (levels[index - 1]?.periods ?? 0)),
      ),
    onMiss: fc.constantFrom('reset', 'resetToLevel', 'ignore'),
    freeze: fc.record({ mostInSuccession: fc.integer({ min: 1, max: 3 }), repairDays: fc.constantFrom(0, 0, 1, 3) }),
    when: fc.constant({ field: 'amount', atLeast: 2 }),
    onLoss: loss,
    onEdit: loss,
  },
  { requiredKeys: ['id', 'calendar', 'actionsPerPeriod', 'levels'] },
)

/** Actions close to one another, so that streaks are long, with gaps of a day or two. */
export const streakActionsArbitrary: fc.Arbitrary<ReadonlyArray<ChallengeAction>> = fc
  .tuple(
    fc.constantFrom(...starts),
    fc.array(fc.tuple(fc.constantFrom(0, 9, 20, 24, 24, 24, 25, 48, 72), fc.integer({ min: 1, max: 3 })), {
      maxLength: 30,
    }),
  )
  .map(([start, gaps]) => {
    let at = start as number
    return gaps.map(([hours, amount], index) => {
      at += hours * 3_600_000
      return { id: `action ${index}` as ActivityId, at: at as Instant, facts: { amount } }
    })
  })
