import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Challenge,
  type ChallengeAction,
  ChallengeProgress,
  type CompiledChallenge,
  Contribution,
  type ContributionReversal,
  ContributionReversal as ContributionReversalCodec,
  challengeCodec,
  closeProgress,
  compileChallenge,
  editProgress,
  LevelGrant,
  noProgress,
  type ProgressChange,
  recordProgress,
  reverseProgress,
} from '../../src/challenges/index.ts'
import {
  type ActivityId,
  decode,
  type Instant,
  parseInstant,
  unwrap,
  utc,
  type Zone,
} from '../../src/foundation/index.ts'
import {
  actionsArbitrary,
  actionVocabulary,
  challengeArbitrary,
  challengeZone,
  nearbyInstants,
  reversalsArbitrary,
} from '../arbitraries/challenges.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { challengeModel } from './challenge-model.ts'

type Entry = { readonly action: ChallengeAction } | { readonly reversal: ContributionReversal }

const compiledOf = (challenge: Challenge): CompiledChallenge => compileChallenge(actionVocabulary, challenge)
const takingBack = challengeArbitrary.map((challenge) => ({ ...challenge, onLoss: 'takeBack' as const }))

const step = (compiled: CompiledChallenge, zone: Zone, progress: ChallengeProgress, entry: Entry): ProgressChange =>
  unwrap(
    'action' in entry
      ? recordProgress(compiled, zone, progress, [entry.action])
      : reverseProgress(compiled, zone, progress, [entry.reversal]),
  )

const played = (compiled: CompiledChallenge, zone: Zone, entries: ReadonlyArray<Entry>): ChallengeProgress =>
  entries.reduce(
    (progress, entry) => step(compiled, zone, progress, entry).progress,
    frozen(noProgress(compiled.challenge)),
  )

const entriesArbitrary = fc.tuple(actionsArbitrary, reversalsArbitrary).chain(([actions, reversals]) => {
  const entries: ReadonlyArray<Entry> = [
    ...actions.map((action) => ({ action })),
    ...reversals.map((reversal) => ({ reversal })),
  ]
  return fc.record({
    actions: fc.constant(actions),
    reversals: fc.constant(reversals),
    entries: fc.shuffledSubarray([...entries], { minLength: entries.length }),
    other: fc.shuffledSubarray([...entries], { minLength: entries.length }),
  })
})

const words = (grants: ReadonlyArray<LevelGrant>): ReadonlyArray<string> =>
  grants.map(({ occurrence, level, target }) => `${occurrence} ${level} ${target}`).sort()

test('levels are those of the slow model, in whatever order things come in', () => {
  fc.assert(
    fc.property(
      takingBack,
      challengeZone,
      entriesArbitrary,
      (challenge, zone, { actions, reversals, entries, other }) => {
        const compiled = compiledOf(challenge)
        const progress = played(compiled, zone, entries)
        expect(words(progress.grants)).toEqual(challengeModel(challenge, zone, actions, reversals).grants)
        expect(played(compiled, zone, other)).toEqual(progress)
      },
    ),
  )
})

test('what was given is what was gained and not lost', () => {
  fc.assert(
    fc.property(challengeArbitrary, challengeZone, entriesArbitrary, (challenge, zone, { entries }) => {
      const compiled = compiledOf(challenge)
      const given = new Map<string, LevelGrant>()
      let progress = noProgress(challenge)
      for (const entry of entries) {
        const change = step(compiled, zone, progress, entry)
        for (const grant of change.lost) expect(given.delete(`${grant.occurrence} ${grant.level}`)).toBe(true)
        for (const { level, occurrence, target } of change.reached) {
          expect(given.has(`${occurrence} ${level}`)).toBe(false)
          given.set(`${occurrence} ${level}`, { level, occurrence, target })
        }
        progress = change.progress
      }
      expect(words(progress.grants)).toEqual(words([...given.values()]))
    }),
  )
})

test('any split into batches gives the same', () => {
  fc.assert(
    fc.property(takingBack, challengeZone, actionsArbitrary, fc.nat({ max: 14 }), (challenge, zone, actions, cut) => {
      const compiled = compiledOf(challenge)
      const whole = unwrap(recordProgress(compiled, zone, noProgress(challenge), actions)).progress
      const first = unwrap(recordProgress(compiled, zone, noProgress(challenge), actions.slice(0, cut))).progress
      expect(unwrap(recordProgress(compiled, zone, first, actions.slice(cut))).progress).toEqual(whole)
    }),
  )
})

test('what comes in a second time changes nothing', () => {
  fc.assert(
    fc.property(
      challengeArbitrary,
      challengeZone,
      entriesArbitrary,
      (challenge, zone, { entries, actions, reversals }) => {
        const compiled = compiledOf(challenge)
        const progress = played(compiled, zone, entries)
        const again = unwrap(recordProgress(compiled, zone, progress, actions))
        expect(again).toEqual({ progress, reached: [], lost: [] })
        expect(unwrap(reverseProgress(compiled, zone, progress, reversals))).toEqual({
          progress,
          reached: [],
          lost: [],
        })
      },
    ),
  )
})

test('S31 whoever returns everything has reached nothing, unless the challenge keeps what was given', () => {
  fc.assert(
    fc.property(challengeArbitrary, challengeZone, actionsArbitrary, (challenge, zone, actions) => {
      const compiled = compiledOf(challenge)
      const { progress } = unwrap(recordProgress(compiled, zone, noProgress(challenge), actions))
      const all = actions.map(({ id, at }) => ({ id: `undo ${id}` as ActivityId, of: id, at, amount: null }))
      const undone = unwrap(reverseProgress(compiled, zone, progress, all))
      const isKept = challenge.onLoss === 'keep'
      expect(undone.progress.grants).toEqual(isKept ? progress.grants : [])
      expect(undone.lost).toEqual(isKept ? [] : progress.grants)
    }),
  )
})

const atText = (text: string): Instant => unwrap(parseInstant(text))
const action = (id: string, text: string, facts: ChallengeAction['facts'] = {}): ChallengeAction => ({
  id: id as ActivityId,
  at: atText(text),
  facts,
})
const challengeOf = (json: object): Challenge =>
  unwrap(
    decode(challengeCodec(actionVocabulary), {
      id: 'c',
      measure: { type: 'times' },
      window: { type: 'whole' },
      ...json,
    }),
  )

test('S31 a goal of 1,000 over a lifetime: 1,000 spent and returned are nothing', () => {
  const challenge = challengeOf({ measure: { type: 'sum', field: 'amount' }, levels: [{ id: 'big', target: 1000 }] })
  const compiled = compiledOf(challenge)
  const bought = unwrap(
    recordProgress(compiled, utc, noProgress(challenge), [action('a', '2026-01-01T00:00:00Z', { amount: 1000 })]),
  )
  expect(bought.reached.map(({ level }) => level)).toEqual(['big'])
  const cent = { id: 'r' as ActivityId, of: 'a' as ActivityId, at: atText('2026-01-02T00:00:00Z'), amount: 1 }
  expect(unwrap(reverseProgress(compiled, utc, bought.progress, [cent])).lost).toHaveLength(1)
})

test('closing windows changes nothing that comes later', () => {
  fc.assert(
    fc.property(
      takingBack,
      challengeZone,
      actionsArbitrary,
      actionsArbitrary,
      nearbyInstants,
      (challenge, zone, early, late, before) => {
        const compiled = compiledOf(challenge)
        const later = late
          .filter(({ at }) => at >= before)
          .map((one) => ({ ...one, id: `late ${one.id}` as ActivityId }))
        const first = unwrap(recordProgress(compiled, zone, noProgress(challenge), early)).progress
        const closed = closeProgress(challenge, zone, first, before)
        const closedFirst = closeProgress(
          challenge,
          zone,
          unwrap(recordProgress(compiled, zone, closed, later)).progress,
          (before + 86_400_000) as Instant,
        )
        const closedOnce = closeProgress(
          challenge,
          zone,
          unwrap(recordProgress(compiled, zone, first, later)).progress,
          (before + 86_400_000) as Instant,
        )
        expect(closedFirst).toEqual(closedOnce)
        expect(decode(ChallengeProgress, ChallengeProgress.encode(closed))).toEqual({ _tag: 'Right', right: closed })
      },
    ),
  )
})

test('nothing dated before what was closed is taken in', () => {
  const challenge = challengeOf({ levels: [{ id: 'one', target: 1 }] })
  const closed = closeProgress(challenge, utc, noProgress(challenge), atText('2026-02-01T00:00:00Z'))
  const late = recordProgress(compiledOf(challenge), utc, closed, [
    action('a', '2026-01-31T23:59:59Z'),
    action('b', '2026-02-01T00:00:00Z'),
  ])
  expect(late).toMatchObject({ left: [{ _tag: 'RecordTooLate', id: 'a', path: ['actions', 0, 'at'] }] })
})

test('an id with other content is a conflict, and every one is reported', () => {
  const challenge = challengeOf({ levels: [{ id: 'one', target: 1 }] })
  const compiled = compiledOf(challenge)
  const one = unwrap(
    recordProgress(compiled, utc, noProgress(challenge), [action('a', '2026-01-01T00:00:00Z')]),
  ).progress
  const wrong = [
    action('a', '2026-01-02T00:00:00Z'),
    action('b', '2026-01-02T00:00:00Z'),
    action('b', '2026-01-03T00:00:00Z'),
  ]
  expect(recordProgress(compiled, utc, one, wrong)).toMatchObject({
    left: [
      { _tag: 'RecordConflict', id: 'a', path: ['actions', 0] },
      { _tag: 'RecordConflict', id: 'b', path: ['actions', 2] },
    ],
  })
})

test('no sum leaves the range of exact integers', () => {
  const challenge = challengeOf({ measure: { type: 'sum', field: 'amount' }, levels: [{ id: 'one', target: 1 }] })
  const most = { amount: Number.MAX_SAFE_INTEGER }
  const actions = [action('a', '2026-01-01T00:00:00Z', most), action('b', '2026-01-02T00:00:00Z', { amount: 1 })]
  expect(recordProgress(compiledOf(challenge), utc, noProgress(challenge), actions)).toMatchObject({
    left: [{ _tag: 'OutOfRange', path: ['contributions', 1, 'amount'] }],
  })
})

test('a late first action moves the window that it begins', () => {
  const challenge = challengeOf({
    window: { type: 'fromFirst', duration: { amount: 7, unit: 'day' }, repeats: false },
    levels: [{ id: 'three', target: 3 }],
  })
  const compiled = compiledOf(challenge)
  const days = ['2026-01-08', '2026-01-09', '2026-01-14'].map((day, i) => action(`${i}`, `${day}T12:00:00Z`))
  const three = unwrap(recordProgress(compiled, utc, noProgress(challenge), days))
  expect(three.reached).toHaveLength(1)
  const late = [action('late', '2026-01-01T13:00:00Z')]
  const moved = unwrap(recordProgress(compiled, utc, three.progress, late))
  expect(moved.lost).toHaveLength(1)
  expect(moved.reached).toEqual([])
})

const edited = (challenge: Challenge, target: number, onEdit?: 'keep' | 'takeBack'): Challenge => ({
  ...challenge,
  levels: challenge.levels.map((level) => ({ ...level, target })),
  ...(onEdit === undefined ? {} : { onEdit }),
})

test('an edit wipes no progress: fewer needed gives at once, more needed keeps or takes back by policy', () => {
  const challenge = challengeOf({ levels: [{ id: 'level', target: 3 }] })
  const actions = ['a', 'b', 'c'].map((id) => action(id, '2026-01-01T00:00:00Z'))
  const two = unwrap(recordProgress(compiledOf(challenge), utc, noProgress(challenge), actions.slice(0, 2))).progress
  expect(
    unwrap(editProgress(challenge, edited(challenge, 2), utc, two)).reached.map(({ activity }) => activity),
  ).toEqual(['b'])

  const three = unwrap(recordProgress(compiledOf(challenge), utc, two, actions)).progress
  const harder = edited(challenge, 5)
  expect(unwrap(editProgress(challenge, harder, utc, three))).toEqual({ progress: three, reached: [], lost: [] })
  const strict = unwrap(editProgress(challenge, edited(challenge, 5, 'takeBack'), utc, three))
  expect(strict.lost).toEqual([{ level: 'level', occurrence: 0, target: 3 }])
  expect(strict.progress.contributions).toEqual(three.contributions)

  // It was given for three: four would be too many to ask of it, two are too few.
  const more = unwrap(recordProgress(compiledOf(harder), utc, three, [action('d', '2026-01-01T00:00:00Z')]))
  expect(more.lost).toEqual([])
  const undo = (id: string) => ({
    id: `undo ${id}` as ActivityId,
    of: id as ActivityId,
    at: atText('2026-01-02T00:00:00Z'),
    amount: null,
  })
  expect(unwrap(reverseProgress(compiledOf(harder), utc, more.progress, [undo('a')])).lost).toEqual([])
  expect(unwrap(reverseProgress(compiledOf(harder), utc, more.progress, [undo('a'), undo('b')])).lost).toHaveLength(1)
})

test('an edit of the measure or of the window is refused, each with its path', () => {
  const challenge = challengeOf({ levels: [{ id: 'one', target: 1 }] })
  const calendar = { type: 'calendar', calendar: { unit: 'day' } } as const
  const other = { ...challenge, measure: { type: 'sum', field: 'amount' }, window: calendar } as const
  expect(editProgress(challenge, other, utc, noProgress(challenge))).toMatchObject({
    left: [{ path: ['measure'] }, { path: ['window'] }],
  })
})

test('a window from the first action on is half-open: what comes at its end begins the next', () => {
  const challenge = challengeOf({
    window: { type: 'fromFirst', duration: { amount: 24, unit: 'hour' }, repeats: true },
    levels: [{ id: 'two', target: 2 }],
  })
  const reached = (second: string) =>
    unwrap(
      recordProgress(compiledOf(challenge), utc, noProgress(challenge), [
        action('a', '2026-01-01T12:00:00Z'),
        action('b', second),
      ]),
    ).reached.length
  expect(reached('2026-01-02T11:59:59.999Z')).toBe(1)
  expect(reached('2026-01-02T12:00:00Z')).toBe(0)
})

test('closing keeps what undoes actions that have not come in yet', () => {
  const challenge = challengeOf({
    window: { type: 'calendar', calendar: { unit: 'month' } },
    levels: [{ id: 'one', target: 1 }],
  })
  const compiled = compiledOf(challenge)
  const undo = (id: string, text: string) => ({
    id: `undo ${id}` as ActivityId,
    of: id as ActivityId,
    at: atText(text),
    amount: null,
  })
  const { progress } = unwrap(
    reverseProgress(compiled, utc, noProgress(challenge), [
      undo('old', '2026-01-20T00:00:00Z'),
      undo('new', '2026-02-20T00:00:00Z'),
    ]),
  )
  const closed = closeProgress(challenge, utc, progress, atText('2026-02-01T00:00:00Z'))
  expect(closed.reversals.map(({ of }) => of)).toEqual(['new'])
  const later = unwrap(recordProgress(compiled, utc, closed, [action('new', '2026-02-10T00:00:00Z')]))
  expect(later.reached).toEqual([])
})

test('where windows move, what was kept counts for the next one', () => {
  const challenge = challengeOf({
    window: { type: 'fromFirst', duration: { amount: 1, unit: 'day' }, repeats: true },
    levels: [{ id: 'one', target: 1 }],
    onLoss: 'keep',
  })
  const compiled = compiledOf(challenge)
  const first = unwrap(recordProgress(compiled, utc, noProgress(challenge), [action('b', '2026-01-01T12:00:00Z')]))
  const second = unwrap(recordProgress(compiled, utc, first.progress, [action('a', '2026-01-01T11:00:00Z')]))
  expect(second).toMatchObject({ reached: [], lost: [] })
})

const progressArbitrary = fc
  .tuple(challengeArbitrary, challengeZone, entriesArbitrary)
  .map(([challenge, zone, { entries }]) => played(compiledOf(challenge), zone, entries))

codecLaws('ChallengeProgress', ChallengeProgress, progressArbitrary)
codecLaws('Challenge', challengeCodec(actionVocabulary), challengeArbitrary)
const some = <A>(listOf: (progress: ChallengeProgress) => ReadonlyArray<A>): fc.Arbitrary<A> =>
  progressArbitrary.filter((progress) => listOf(progress).length > 0).map((progress) => listOf(progress)[0] as A)
codecLaws(
  'Contribution',
  Contribution,
  some(({ contributions }) => contributions),
)
codecLaws(
  'ContributionReversal',
  ContributionReversalCodec,
  some(({ reversals }) => reversals),
)
codecLaws(
  'LevelGrant',
  LevelGrant,
  some(({ grants }) => grants),
)

test('a long history comes to the same one by one as at once, in little time', () => {
  const daily = { type: 'calendar', calendar: { unit: 'day' } }
  const week = { type: 'fromFirst', duration: { amount: 7, unit: 'day' }, repeats: true }
  for (const window of [{ type: 'whole' }, daily, week]) {
    const challenge = challengeOf({ window, levels: [{ id: 'ten', target: 10 }] })
    const compiled = compiledOf(challenge)
    const start = atText('2026-01-01T00:00:00Z')
    const actions = Array.from({ length: 3000 }, (_, index) => ({
      id: `action ${(index * 1009) % 3000}` as ActivityId,
      at: (start + index * 3_600_000) as Instant,
      facts: {},
    }))
    const began = performance.now()
    let progress = noProgress(challenge)
    const reached: Array<string> = []
    for (const one of actions) {
      const change = unwrap(recordProgress(compiled, utc, progress, [one]))
      progress = change.progress
      reached.push(...change.reached.map(({ activity }) => activity))
    }
    expect(performance.now() - began).toBeLessThan(10_000)
    const whole = unwrap(recordProgress(compiled, utc, noProgress(challenge), actions))
    expect(progress).toEqual(whole.progress)
    expect(reached).toEqual(whole.reached.map(({ activity }) => activity))
  }
})
