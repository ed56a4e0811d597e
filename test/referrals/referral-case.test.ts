import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type Instant, type MemberId, type ReferralId, unwrap } from '../../src/foundation/index.ts'
import {
  ReferralCase,
  type ReferralEvent,
  type ReferralPhase,
  type ReferralSideStatus,
  referralTransitions,
  replayReferral,
  startReferral,
  transitionReferral,
} from '../../src/referrals/index.ts'
import { frozen } from '../arbitraries/ledger.ts'
import { referralCaseArbitrary, referralEventArbitrary } from '../arbitraries/referrals.ts'
import { codecLaws } from '../laws/codec-laws.ts'
import { at } from './terms.ts'

codecLaws('ReferralCase', ReferralCase, referralCaseArbitrary)

const march1 = at('2026-03-01T12:00:00Z')
const reason = 'as agreed'
const begun = (phase: 'invited' | 'touched' = 'invited') =>
  startReferral({ id: 'r1' as ReferralId, referrer: 'anna' as MemberId, phase, at: march1, reason: 'mail' })
const signUp: ReferralEvent = { type: 'signedUp', referee: 'ben' as MemberId, at: march1, reason }
const step = (type: Exclude<ReferralEvent['type'], 'signedUp' | 'sideApproved' | 'sideDenied' | 'sideRewarded'>) =>
  ({ type, at: march1, reason }) as const
const side = (type: 'sideApproved' | 'sideDenied' | 'sideRewarded', of: 'referrer' | 'referee') =>
  ({ type, side: of, at: march1, reason }) as const
const inReview = [signUp, step('qualified'), step('reviewStarted')]
const replayed = (...events: ReadonlyArray<ReferralEvent>) => replayReferral(begun(), events)
const faults = (...events: ReadonlyArray<ReferralEvent>) => {
  const result = replayed(...events)
  return result._tag === 'Left' ? result.left : []
}

describe('the life of a referral', () => {
  test('from the invitation to both rewards', () => {
    const all = [
      step('touched'),
      ...inReview,
      side('sideApproved', 'referee'),
      side('sideRewarded', 'referee'),
      side('sideApproved', 'referrer'),
      side('sideRewarded', 'referrer'),
    ]
    const phases = all.map((_, index) => unwrap(replayed(...all.slice(0, index + 1))).phase)
    expect(phases).toEqual([
      'touched',
      'signedUp',
      'qualified',
      'inReview',
      'inReview',
      'inReview',
      'approved',
      'rewarded',
    ])
  })

  test('each side is decided apart: one is denied, the other rewarded', () => {
    const denied = unwrap(replayed(...inReview, side('sideDenied', 'referrer'), side('sideApproved', 'referee')))
    expect([denied.phase, denied.sides]).toEqual(['approved', { referrer: 'denied', referee: 'approved' }])
    expect(unwrap(transitionReferral(denied, side('sideRewarded', 'referee'))).phase).toBe('rewarded')
    expect(unwrap(replayed(...inReview, side('sideDenied', 'referrer'), side('sideDenied', 'referee'))).phase).toBe(
      'denied',
    )
  })

  test('S51 before anything is paid a return disqualifies it, and it may qualify again', () => {
    const again = unwrap(replayed(...inReview, side('sideApproved', 'referrer'), step('disqualified')))
    expect([again.phase, again.sides]).toEqual(['signedUp', { referrer: 'pending', referee: 'pending' }])
    expect(transitionReferral(again, step('qualified'))._tag).toBe('Right')
  })

  test('S51 what is paid is not simply disqualified: a person decides, or it is reversed', () => {
    const paid = [...inReview, side('sideApproved', 'referee'), side('sideRewarded', 'referee')]
    expect(faults(...paid, step('disqualified'))).toMatchObject([
      { _tag: 'IllegalTransition', path: [5, 'type'], phase: 'inReview', event: 'disqualified' },
    ])
    const reviewed = unwrap(replayed(...paid, step('manualReviewStarted')))
    expect(reviewed.phase).toBe('inManualReview')
    expect(unwrap(transitionReferral(reviewed, step('manualReviewCleared'))).phase).toBe('inReview')
    expect(unwrap(transitionReferral(reviewed, step('reversed')))).toMatchObject({
      phase: 'reversed',
      sides: { referrer: 'denied', referee: 'reversed' },
    })
  })

  test('nothing is reversed or goes to a person where nothing is paid', () => {
    expect(faults(...inReview, step('reversed')).map(({ _tag }) => _tag)).toEqual(['IllegalTransition'])
    expect(faults(...inReview, step('manualReviewStarted')).map(({ _tag }) => _tag)).toEqual(['IllegalTransition'])
  })

  test('every fault of an event is told: too early in its life, too old, the referrer as referee (S49)', () => {
    const own: ReferralEvent = { ...signUp, referee: 'anna' as MemberId, at: (march1 - 1) as Instant }
    const result = replayReferral(begun(), [step('touched'), signUp, own])
    expect(result._tag === 'Left' ? result.left.map(({ _tag, path }) => [_tag, path]) : []).toEqual([
      ['IllegalTransition', [2, 'type']],
      ['TransitionOutOfOrder', [2, 'at']],
      ['SelfReferral', [2, 'referee']],
    ])
  })

  test('an event that is none is a fault', () => {
    const odd = { type: '__proto__', at: march1, reason } as unknown as ReferralEvent
    expect(transitionReferral(begun(), odd)).toMatchObject({ left: [{ _tag: 'IllegalTransition' }] })
  })
})

test('a referral that no events lead to is not read', () => {
  const json = ReferralCase.encode(unwrap(replayed(...inReview))) as object
  const paths = (change: object) => {
    const decoded = decode(ReferralCase, { ...json, ...change })
    return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path.join('.')) : []
  }
  expect(paths({})).toEqual([])
  expect(paths({ phase: 'rewarded' })).toEqual(['sides'])
  expect(paths({ phase: 'reversed' })).toEqual(['sides'])
  expect(paths({ phase: 'invited' })).toEqual(['referee'])
  expect(paths({ referee: null })).toEqual(['referee'])
  expect(paths({ referee: 'anna' })).toEqual(['referee'])
  expect(paths({ sides: { referrer: 'reversed', referee: 'pending' } })).toEqual(['sides'])
  expect(paths({ phase: 'inManualReview' })).toEqual(['sides'])
  expect(paths({ phase: 'lapsed', referee: null })).toEqual([])
})

/** What a person would keep on paper: the phase where both sides do not decide it, and the sides. */
interface Paper {
  stage: 'early' | 'review' | 'manual' | 'end'
  phase: ReferralPhase
  readonly sides: Record<'referrer' | 'referee', ReferralSideStatus>
}

interface Real {
  now: ReferralCase
}

const paid = ({ sides }: Paper) => Object.values(sides).includes('rewarded')

const early =
  (...phases: ReadonlyArray<ReferralPhase>) =>
  ({ phase }: Paper) =>
    phases.includes(phase)
const reviewed = ({ stage }: Paper) => stage === 'review' || stage === 'manual'
const open = ({ stage, phase }: Paper) => stage === 'review' && phase !== 'denied' && phase !== 'rewarded'

/** When an event may happen, written by hand. */
const may: Readonly<Record<ReferralEvent['type'], (paper: Paper, now: ReferralSideStatus) => boolean>> = {
  touched: early('invited'),
  signedUp: early('invited', 'touched'),
  qualified: early('signedUp'),
  lapsed: early('invited', 'touched', 'signedUp'),
  reviewStarted: early('qualified'),
  disqualified: (paper) => paper.phase === 'qualified' || (open(paper) && !paid(paper)),
  manualReviewStarted: (paper) => paper.stage === 'review' && paid(paper),
  manualReviewCleared: ({ stage }) => stage === 'manual',
  reversed: (paper) => reviewed(paper) && paid(paper),
  sideApproved: ({ stage }, now) => stage === 'review' && now === 'pending',
  sideDenied: ({ stage }, now) => stage === 'review' && (now === 'pending' || now === 'approved'),
  sideRewarded: ({ stage }, now) => stage === 'review' && now === 'approved',
}

const leads: Partial<Record<ReferralEvent['type'], readonly [ReferralPhase, Paper['stage']]>> = {
  touched: ['touched', 'early'],
  signedUp: ['signedUp', 'early'],
  qualified: ['qualified', 'early'],
  lapsed: ['lapsed', 'end'],
  reviewStarted: ['inReview', 'review'],
  disqualified: ['signedUp', 'early'],
  manualReviewStarted: ['inManualReview', 'manual'],
  manualReviewCleared: ['inReview', 'review'],
  reversed: ['reversed', 'end'],
}
const decided = { sideApproved: 'approved', sideDenied: 'denied', sideRewarded: 'rewarded' } as const

/** What it does, noted on the paper. */
const note = (paper: Paper, event: ReferralEvent): void => {
  const { sides } = paper
  const back = (status: ReferralSideStatus) => (status === 'rewarded' ? 'reversed' : 'denied')
  if ('side' in event) sides[event.side] = decided[event.type]
  if (event.type === 'disqualified') Object.assign(sides, { referrer: 'pending', referee: 'pending' })
  if (event.type === 'reversed') Object.assign(sides, { referrer: back(sides.referrer), referee: back(sides.referee) })
  const [phase, stage] = leads[event.type] ?? [paper.phase, paper.stage]
  Object.assign(paper, { phase, stage })
}

/** The phase that the paper says, once the sides decide it. */
const phaseOnPaper = ({ stage, phase, sides }: Paper): ReferralPhase => {
  if (stage !== 'review') return phase
  const both = Object.values(sides)
  for (const [status, name] of [
    ['pending', 'inReview'],
    ['approved', 'approved'],
    ['rewarded', 'rewarded'],
  ] as const) {
    if (both.includes(status)) return name
  }
  return 'denied'
}

class Happens implements fc.Command<Paper, Real> {
  readonly #event: ReferralEvent
  constructor(event: ReferralEvent) {
    this.#event = event
  }
  check = () => true
  run(paper: Paper, real: Real) {
    paper.phase = phaseOnPaper(paper)
    const event = { ...this.#event, at: real.now.at }
    const before = frozen(real.now)
    const own = event.type === 'signedUp' && event.referee === 'anna'
    const legal = !own && may[event.type](paper, 'side' in event ? paper.sides[event.side] : 'pending')
    const result = transitionReferral(before, frozen(event))
    expect(result._tag, `${event.type} in ${paper.phase}`).toBe(legal ? 'Right' : 'Left')
    if (result._tag === 'Left') return
    note(paper, event)
    real.now = result.right
    expect(real.now.phase).toBe(phaseOnPaper(paper))
    expect(real.now.sides).toEqual(paper.sides)
    expect([real.now.at, real.now.reason]).toEqual([event.at, event.reason])
    expect(ReferralCase.is(real.now)).toBe(true)
  }
  toString = () => JSON.stringify(this.#event)
}

test('any events, against the same life kept on paper', () => {
  const commands = fc.commands([referralEventArbitrary.map((event) => new Happens(event))], { size: 'large' })
  // Random events seldom get far, so most histories begin with those that do.
  const lead = fc.constantFrom(0, 1, 2, 3)
  fc.assert(
    fc.property(lead, commands, (length, happens) => {
      const setup = () => {
        const paper: Paper = { stage: 'early', phase: 'invited', sides: { referrer: 'pending', referee: 'pending' } }
        const real: Real = { now: begun() }
        for (const event of inReview.slice(0, length)) new Happens(event).run(paper, real)
        return { model: paper, real }
      }
      fc.modelRun(setup, happens)
    }),
  )
})

test('a side is rewarded at most once between two decisions, and nothing happens after the end', () => {
  fc.assert(
    fc.property(referralCaseArbitrary, referralEventArbitrary, (referral, event) => {
      const result = transitionReferral(referral, { ...event, at: referral.at })
      if (['denied', 'reversed', 'lapsed'].includes(referral.phase)) expect(result._tag).toBe('Left')
      if (event.type !== 'sideRewarded' || result._tag === 'Left') return
      expect(referral.sides[event.side]).toBe('approved')
    }),
  )
})

test('each kind of event has one row in the table, and each phase but the first is led to', () => {
  expect(new Set(referralTransitions.map(({ event }) => event)).size).toBe(referralTransitions.length)
  const led = new Set(referralTransitions.flatMap(({ to }) => (to === null ? [] : [to])))
  expect([...led].sort()).toEqual(
    ['inManualReview', 'inReview', 'lapsed', 'qualified', 'reversed', 'signedUp', 'touched'].sort(),
  )
})

test('a hundred thousand events take no time', () => {
  const turns = Array.from({ length: 50_000 }, () => [step('qualified'), step('disqualified')]).flat()
  expect(unwrap(replayed(signUp, ...turns)).phase).toBe('signedUp')
})
