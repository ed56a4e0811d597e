import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ChallengeAction,
  type CompiledStreak,
  closeStreak,
  compileStreak,
  editStreak,
  FreezeToken,
  noStreak,
  recordStreak,
  type Streak,
  StreakProgress,
  type StreakRecords,
  StreakReversal,
  streakCodec,
  streakStanding,
} from '../../src/challenges/index.ts'
import {
  type ActivityId,
  type CivilDate,
  decode,
  type Instant,
  localDateOf,
  parseCivilDate,
  parseInstant,
  unwrap,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import { actionVocabulary, challengeZone, streakActionsArbitrary, streakArbitrary } from '../arbitraries/challenges.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { realZone } from '../arbitraries/time.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { streakModel } from './streak-model.ts'

const compiledOf = (streak: Streak): CompiledStreak => compileStreak(actionVocabulary, streak)
const takingBack = streakArbitrary.map((streak) => ({ ...streak, onLoss: 'takeBack' as const }))

interface Play {
  readonly zone: Zone
  readonly actions: ReadonlyArray<ChallengeAction>
  readonly tokens: ReadonlyArray<FreezeToken>
  readonly reversals: ReadonlyArray<StreakReversal>
}

const playArbitrary: fc.Arbitrary<Play> = fc
  .record({
    zone: challengeZone,
    actions: streakActionsArbitrary,
    tokenPlaces: fc.array(fc.tuple(fc.nat({ max: 29 }), fc.integer({ min: -2, max: 4 })), { maxLength: 5 }),
    undone: fc.array(fc.constantFrom('action 0', 'action 3', 'action 4', 'action 9', 'token 1', 'token 7'), {
      maxLength: 3,
    }),
  })
  .map(({ zone, actions, tokenPlaces, undone }) => ({
    zone,
    actions,
    tokens: tokenPlaces.map(([place, off], index) => {
      const at = actions[place % Math.max(1, actions.length)]?.at ?? (0 as Instant)
      return { id: `token ${index}` as ActivityId, day: (localDateOf(zone, at) + off) as CivilDate }
    }),
    reversals: undone.map((of, index) => ({ id: `reversal ${index}` as ActivityId, of: of as ActivityId })),
  }))

const recorded = (compiled: CompiledStreak, play: Play): StreakProgress =>
  unwrap(recordStreak(compiled, play.zone, frozen(noStreak(compiled.streak)), frozen(play))).progress

const piecesOf = ({ actions, tokens, reversals }: Play): ReadonlyArray<StreakRecords> => [
  ...actions.map((action) => ({ actions: [action] })),
  ...tokens.map((token) => ({ tokens: [token] })),
  ...reversals.map((reversal) => ({ reversals: [reversal] })),
]

const daysOf = (compiled: CompiledStreak, { zone, actions, reversals }: Play): ReadonlyArray<CivilDate> =>
  actions
    .filter(({ facts }) => compiled.condition === null || Number(facts['amount']) >= 2)
    .filter(({ id }) => !reversals.some(({ of }) => of === id))
    .map(({ at }) => localDateOf(zone, at))

test('a streak is what the slow day-by-day model makes of it', () => {
  fc.assert(
    fc.property(takingBack, playArbitrary, fc.nat({ max: 80 }), (streak, play, later) => {
      const compiled = compiledOf(streak)
      const progress = recorded(compiled, play)
      const days = daysOf(compiled, play)
      const asOf = ((days[0] ?? 17_600) + later) as CivilDate
      const tokens = play.tokens.filter(({ id }) => !play.reversals.some(({ of }) => of === id))
      const model = streakModel(streak, days, tokens, asOf)
      const standing = streakStanding(streak, progress, asOf)
      expect({ count: standing.count, best: standing.best, bridged: standing.bridged }).toEqual({
        count: model.count,
        best: model.best,
        bridged: model.bridged,
      })
      const all = streakModel(streak, days, tokens, Math.max(20_000, ...days) as CivilDate)
      const grants = streak.levels.flatMap(({ id, periods }) =>
        Array.from({ length: all.times.get(id) ?? 0 }, (_, occurrence) => `${id} ${occurrence} ${periods}`),
      )
      expect(progress.grants.map(({ level, occurrence, target }) => `${level} ${occurrence} ${target}`).sort()).toEqual(
        grants.sort(),
      )
    }),
  )
})

test('the order in which things come in and the batches make no difference; a second time changes nothing', () => {
  fc.assert(
    fc.property(
      takingBack,
      playArbitrary.chain((play) =>
        fc.tuple(fc.constant(play), fc.shuffledSubarray([...piecesOf(play)], { minLength: piecesOf(play).length })),
      ),
      (streak, [play, pieces]) => {
        const compiled = compiledOf(streak)
        const whole = recorded(compiled, play)
        const single = pieces.reduce(
          (progress, piece) => unwrap(recordStreak(compiled, play.zone, progress, piece)).progress,
          noStreak(streak),
        )
        expect(single).toEqual(whole)
        expect(unwrap(recordStreak(compiled, play.zone, whole, play))).toEqual({
          progress: whole,
          reached: [],
          lost: [],
        })
        // Whoever moves keeps the days that have counted.
        expect(unwrap(recordStreak(compiled, realZone('Pacific/Apia'), whole, play)).progress).toEqual(whole)
      },
    ),
  )
})

test('closing days changes nothing that comes later', () => {
  fc.assert(
    fc.property(takingBack, playArbitrary, fc.nat({ max: 40 }), (streak, play, past) => {
      const compiled = compiledOf(streak)
      const days = play.actions.map(({ at }) => localDateOf(play.zone, at))
      const before = ((days[0] ?? 17_600) + past) as CivilDate
      const isEarly = (day: number | undefined): boolean => day !== undefined && day < before
      const early: Play = {
        ...play,
        actions: play.actions.filter((_, index) => isEarly(days[index])),
        tokens: play.tokens.filter(({ day }) => isEarly(day)),
      }
      const late = {
        actions: play.actions.filter((_, index) => !isEarly(days[index])),
        tokens: play.tokens.filter(({ day }) => !isEarly(day)),
      }
      const closed = closeStreak(streak, recorded(compiled, early), before)
      const open = unwrap(recordStreak(compiled, play.zone, recorded(compiled, early), late)).progress
      const after = unwrap(recordStreak(compiled, play.zone, closed, late)).progress
      const asOf = (before + 45) as CivilDate
      expect(closeStreak(streak, after, asOf)).toEqual(closeStreak(streak, open, asOf))
      expect(streakStanding(streak, after, asOf)).toMatchObject({
        count: streakStanding(streak, open, asOf).count,
        best: streakStanding(streak, open, asOf).best,
      })
      expect(decode(StreakProgress, StreakProgress.encode(closed))).toEqual({ _tag: 'Right', right: closed })
    }),
  )
})

const date = (text: string): CivilDate => unwrap(parseCivilDate(text))
const visit = (id: string, text: string): ChallengeAction => ({
  id: id as ActivityId,
  at: unwrap(parseInstant(text)),
  facts: {},
})
const streakOf = (json: object): Streak =>
  unwrap(
    decode(streakCodec(actionVocabulary), {
      id: 'gym',
      calendar: { unit: 'week', startsOn: 1 },
      actionsPerPeriod: 5,
      levels: [
        { id: 'one week', periods: 1 },
        { id: 'three weeks', periods: 3 },
      ],
      ...json,
    }),
  )

/** Five visits in a week, from the Monday on that is given. */
const week = (monday: number, visits = 5): ReadonlyArray<ChallengeAction> =>
  Array.from({ length: visits }, (_, day) =>
    visit(`${monday}.${day}`, `2026-06-${String(monday + day).padStart(2, '0')}T18:00:00Z`),
  )

const countAfter = (streak: Streak, actions: ReadonlyArray<ChallengeAction>, asOf: string): number => {
  const { progress } = unwrap(recordStreak(compiledOf(streak), utc, noStreak(streak), { actions }))
  return streakStanding(streak, progress, date(asOf)).count
}

test('S59 five visits a week for three weeks, the second one missed: reset, back to the last level, or no matter', () => {
  // 1 June 2026 is a Monday.
  const played = [...week(1), ...week(8, 4)]
  expect(countAfter(streakOf({ onMiss: 'reset' }), played, '2026-06-14')).toBe(1)
  expect(countAfter(streakOf({ onMiss: 'reset' }), played, '2026-06-15')).toBe(0)
  expect(countAfter(streakOf({}), [...played, ...week(15)], '2026-06-21')).toBe(1)
  expect(countAfter(streakOf({ onMiss: 'resetToLevel' }), [...played, ...week(15)], '2026-06-21')).toBe(2)
  expect(countAfter(streakOf({ onMiss: 'ignore' }), [...played, ...week(15)], '2026-06-21')).toBe(2)
  expect(countAfter(streakOf({ onMiss: 'ignore' }), [...played, ...week(15), ...week(22)], '2026-07-30')).toBe(3)
})

test('S59 a late visit of week two that comes in week three makes the streak whole', () => {
  const streak = streakOf({})
  const compiled = compiledOf(streak)
  const broken = unwrap(
    recordStreak(compiled, utc, noStreak(streak), { actions: [...week(1), ...week(8, 4), ...week(15)] }),
  )
  expect(broken.reached.map(({ level, occurrence }) => [level, occurrence])).toEqual([
    ['one week', 0],
    ['one week', 1],
  ])
  const whole = unwrap(
    recordStreak(compiled, utc, broken.progress, { actions: [visit('late', '2026-06-13T08:00:00Z')] }),
  )
  expect(streakStanding(streak, whole.progress, date('2026-06-21')).count).toBe(3)
  expect(whole.reached.map(({ level }) => level)).toEqual(['three weeks'])
  expect(whole.lost).toEqual([{ level: 'one week', occurrence: 1, target: 1 }])
})

test('S59 a freeze token bridges one period', () => {
  const streak = streakOf({ freeze: { mostInSuccession: 1, repairDays: 0 } })
  const compiled = compiledOf(streak)
  const token = { id: 'token' as ActivityId, day: date('2026-06-05') }
  const actions = [...week(1), ...week(15)]
  const { progress } = unwrap(recordStreak(compiled, utc, noStreak(streak), { actions, tokens: [token] }))
  expect(streakStanding(streak, progress, date('2026-06-21'))).toMatchObject({
    count: 2,
    bridged: [{ token: 'token', from: date('2026-06-08') }],
    tokens: 0,
    next: { level: 'three weeks', periods: 1 },
  })
  const late = unwrap(
    recordStreak(compiled, utc, noStreak(streak), { actions, tokens: [{ ...token, day: date('2026-06-15') }] }),
  )
  expect(streakStanding(streak, late.progress, date('2026-06-21')).count).toBe(1)
  const repairing = streakOf({ freeze: { mostInSuccession: 1, repairDays: 1 } })
  expect(streakStanding(repairing, late.progress, date('2026-06-21')).count).toBe(2)
})

test('a streak that can be repaired afterwards is closed so much later', () => {
  const json = { calendar: { unit: 'day' }, actionsPerPeriod: 1, levels: [{ id: 'three', periods: 3 }] }
  const countOf = (repairDays: number) => {
    const streak = streakOf({ ...json, freeze: { mostInSuccession: 1, repairDays } })
    const compiled = compiledOf(streak)
    const actions = ['2026-06-01', '2026-06-02', '2026-06-04'].map((day) => visit(day, `${day}T12:00:00Z`))
    const { progress } = unwrap(recordStreak(compiled, utc, noStreak(streak), { actions }))
    const closed = closeStreak(streak, progress, date('2026-06-05'))
    const tokens = [{ id: 'repair' as ActivityId, day: date('2026-06-05') }]
    const repaired = unwrap(recordStreak(compiled, utc, closed, { tokens })).progress
    return streakStanding(streak, repaired, date('2026-06-05')).count
  }
  expect(countOf(1)).toBe(1)
  expect(countOf(2)).toBe(3)
})

test('S22 days are those of the member’s clock, of 23 or 25 hours too', () => {
  const daily = streakOf({ calendar: { unit: 'day' }, actionsPerPeriod: 1 })
  const newYork = realZone('America/New_York')
  const evenings = ['2026-03-07T23:30:00-05:00', '2026-03-08T23:30:00-04:00', '2026-03-09T23:30:00-04:00']
  const actions = evenings.map((text, index) => visit(String(index), text))
  const local = unwrap(recordStreak(compiledOf(daily), newYork, noStreak(daily), { actions })).progress
  expect(streakStanding(daily, local, date('2026-03-09')).count).toBe(3)
  const there = unwrap(recordStreak(compiledOf(daily), utc, noStreak(daily), { actions })).progress
  expect(streakStanding(daily, there, date('2026-03-09')).count).toBe(2)
})

test('a gap of ages takes no time', () => {
  const daily = streakOf({
    calendar: { unit: 'day' },
    actionsPerPeriod: 1,
    freeze: { mostInSuccession: 3, repairDays: 0 },
  })
  const far = (sign: number) => (sign * 8e15) as Instant
  const actions = [far(-1), far(1)].map((at, index) => ({ id: `${index}` as ActivityId, at, facts: {} }))
  const { progress } = unwrap(recordStreak(compiledOf(daily), utc, noStreak(daily), { actions }))
  expect(streakStanding(daily, progress, localDateOf(utc, far(1))).count).toBe(1)
})

test('an edit keeps what counted; another calendar needs another id', () => {
  const streak = streakOf({})
  const { progress } = unwrap(recordStreak(compiledOf(streak), utc, noStreak(streak), { actions: week(1) }))
  const harder = streakOf({ actionsPerPeriod: 7 })
  expect(unwrap(editStreak(streak, harder, progress))).toEqual({ progress, reached: [], lost: [] })
  expect(unwrap(editStreak(streak, { ...harder, onEdit: 'takeBack' }, progress)).lost).toHaveLength(1)
  expect(editStreak(streak, { ...streak, calendar: { unit: 'day' } }, progress)).toMatchObject({
    left: { path: ['calendar'] },
  })
})

test('every fault is reported: conflicts and days before what was closed', () => {
  const streak = streakOf({})
  const compiled = compiledOf(streak)
  const { progress } = unwrap(recordStreak(compiled, utc, noStreak(streak), { actions: week(8) }))
  const closed = closeStreak(streak, progress, date('2026-06-09'))
  const token = { id: 't' as ActivityId, day: date('2026-06-01') }
  const actions = [visit('8.3', '2026-06-12T18:00:00Z'), visit('old', '2026-06-08T00:00:00Z')]
  expect(recordStreak(compiled, utc, closed, { actions, tokens: [token] })).toMatchObject({
    left: [
      { _tag: 'StreakRecordTooLate', id: 'old', path: ['actions', 1] },
      { _tag: 'StreakRecordTooLate', id: 't', path: ['tokens', 0] },
      { _tag: 'RecordConflict', id: '8.3', path: ['actions', 0] },
    ],
  })
})

const progressArbitrary = fc
  .tuple(streakArbitrary, playArbitrary)
  .map(([streak, play]) => recorded(compiledOf(streak), play))

codecLaws('StreakProgress', StreakProgress, progressArbitrary)
codecLaws('Streak', streakCodec(actionVocabulary), streakArbitrary)
codecLaws(
  'FreezeToken',
  FreezeToken,
  fc.record({
    id: fc.constant('t' as ActivityId),
    day: fc.integer({ min: 0, max: 30_000 }).map((day) => day as CivilDate),
  }),
)
codecLaws(
  'StreakReversal',
  StreakReversal,
  fc.record({ id: fc.constant('r' as ActivityId), of: fc.constant('a' as ActivityId) }),
)
