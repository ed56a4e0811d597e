import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ContentDecision,
  ContentRule,
  type ContentSubmission,
  contentStandings,
  MemberContent,
  noContent,
  recordContent,
} from '../../src/challenges/index.ts'
import { type ActivityId, type Instant, unwrap } from '../../src/foundation/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { codecLaws } from '../laws/codec-laws.ts'

const after = fc.constantFrom('resubmit' as const, 'final' as const)
const ruleFields = {
  review: fc.constantFrom('before' as const, 'none' as const),
  afterRejection: after,
  afterReversal: after,
  onLoss: fc.constantFrom('takeBack' as const, 'keep' as const),
}
const ruleOf = (kind: string): fc.Arbitrary<ContentRule> =>
  fc.record({ kind: fc.constant(kind), ...ruleFields }, { requiredKeys: ['kind', 'review'] })
const rulesArbitrary = fc.tuple(ruleOf('review'), ruleOf('__proto__'))

const submissionsArbitrary: fc.Arbitrary<ReadonlyArray<ContentSubmission>> = fc
  .array(fc.tuple(fc.constantFrom('review', '__proto__'), fc.constantFrom('shoe', 'constructor'), fc.nat({ max: 9 })), {
    maxLength: 8,
  })
  .map((all) =>
    all.map(([kind, object, at], index) => ({
      id: `s${index}` as ActivityId,
      kind,
      object: object as ContentSubmission['object'],
      at: at as Instant,
    })),
  )
const decisionsArbitrary: fc.Arbitrary<ReadonlyArray<ContentDecision>> = fc
  .array(
    fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 9 }), fc.constantFrom('approved', 'approved', 'rejected', 'reversed')),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(([of, at, verdict], index) => ({
      id: `d${index}` as ActivityId,
      of: `s${of}` as ActivityId,
      at: at as Instant,
      verdict: verdict as ContentDecision['verdict'],
    })),
  )

const playArbitrary = fc
  .tuple(rulesArbitrary, submissionsArbitrary, decisionsArbitrary)
  .chain(([rules, submissions, decisions]) => {
    const pieces = [
      ...submissions.map((one) => ({ submissions: [one] })),
      ...decisions.map((one) => ({ decisions: [one] })),
    ]
    return fc.record({
      rules: fc.constant(rules),
      submissions: fc.constant(submissions),
      decisions: fc.constant(decisions),
      pieces: fc.shuffledSubarray([...pieces], { minLength: pieces.length }),
    })
  })

type Play = typeof playArbitrary extends fc.Arbitrary<infer P> ? P : never

const byTime = <A extends { readonly at: number; readonly id: string }>(all: ReadonlyArray<A>) =>
  [...all].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))

/** The slow model of one submission: its verdicts are read one by one. */
const statusModel = (rule: ContentRule, id: string, decisions: ReadonlyArray<ContentDecision>): string => {
  let status = rule.review === 'none' ? 'approved' : 'pending'
  for (const { of, verdict } of byTime(decisions)) {
    if (of !== id || status === 'reversed') continue
    if (verdict !== 'reversed') status = verdict
    else if (status === 'approved') status = 'reversed'
  }
  return status
}

const isFinal = (rule: ContentRule, status: string): boolean => {
  if (status === 'rejected') return (rule.afterRejection ?? 'resubmit') === 'final'
  return status !== 'reversed' || (rule.afterReversal ?? 'final') === 'final'
}

/** The slow model: for each object, submissions one after the other until one of them stands. */
const standingsModel = ({ rules, submissions, decisions }: Play): ReadonlyArray<string> => {
  const sorted = byTime(submissions)
  return sorted.map((submission, index) => {
    const rule = rules.find(({ kind }) => kind === submission.kind) ?? rules[0]
    const isTaken = sorted
      .slice(0, index)
      .filter(({ kind, object }) => kind === submission.kind && object === submission.object)
      .some(({ id }) => isFinal(rule, statusModel(rule, id, decisions)))
    return isTaken ? 'duplicate' : statusModel(rule, submission.id, decisions)
  })
}

test('submissions stand as the slow model says, and each object is rewarded once at most', () => {
  fc.assert(
    fc.property(playArbitrary, (play) => {
      const { content } = unwrap(recordContent(play.rules, frozen(noContent), frozen(play)))
      const standings = contentStandings(play.rules, content)
      expect(standings.map(({ status }) => status)).toEqual(standingsModel(play))
      const approved = standings.filter(({ status }) => status === 'approved').map(({ submission }) => submission.id)
      expect(content.rewards.map(({ submission }) => submission)).toEqual(approved)
      const objects = content.rewards.map(({ kind, object }) => JSON.stringify([kind, object]))
      expect(new Set(objects).size).toBe(objects.length)
    }),
  )
})

test('the order in which things come in makes no difference with takeBack, and a second time changes nothing', () => {
  fc.assert(
    fc.property(playArbitrary, (play) => {
      const rules = play.rules.map((rule) => ({ ...rule, onLoss: 'takeBack' as const }))
      const whole = unwrap(recordContent(rules, noContent, play)).content
      const single = play.pieces.reduce(
        (content, piece) => unwrap(recordContent(rules, content, piece)).content,
        noContent,
      )
      expect(single).toEqual(whole)
      expect(unwrap(recordContent(rules, whole, play))).toEqual({ content: whole, gained: [], lost: [] })
    }),
  )
})

test('rewards are what was gained and not lost, and never two for an object, whatever is kept', () => {
  fc.assert(
    fc.property(playArbitrary, ({ rules, pieces }) => {
      const held = new Set<string>()
      let content = noContent
      for (const piece of pieces) {
        const change = unwrap(recordContent(rules, content, piece))
        for (const { submission } of change.lost) expect(held.delete(submission)).toBe(true)
        for (const { submission } of change.gained) held.add(submission)
        content = change.content
        const objects = content.rewards.map(({ kind, object }) => JSON.stringify([kind, object]))
        expect(new Set(objects).size).toBe(objects.length)
        expect(new Set(content.rewards.map(({ submission }) => submission))).toEqual(held)
      }
    }),
  )
})

test('a kind without a rule and an id with other content are refused, and both are reported', () => {
  const rules: ReadonlyArray<ContentRule> = [{ kind: 'review', review: 'before' }]
  const one = { id: 'a' as ActivityId, kind: 'review', object: 'x' as ContentSubmission['object'], at: 0 as Instant }
  const { content } = unwrap(recordContent(rules, noContent, { submissions: [one] }))
  const wrong = [
    { ...one, at: 1 as Instant },
    { ...one, id: 'b' as ActivityId, kind: 'song' },
  ]
  expect(recordContent(rules, content, { submissions: wrong })).toMatchObject({
    left: [
      { _tag: 'InvalidValue', path: ['submissions', 1, 'kind'] },
      { _tag: 'RecordConflict', path: ['submissions', 0] },
    ],
  })
  expect(recordContent(rules, content, { submissions: wrong.slice(1) })._tag).toBe('Left')
  expect(contentStandings([], content)).toEqual([])
})

codecLaws('ContentRule', ContentRule, ruleOf('review'))
codecLaws(
  'MemberContent',
  MemberContent,
  playArbitrary.map((play) => unwrap(recordContent(play.rules, noContent, play)).content),
)
