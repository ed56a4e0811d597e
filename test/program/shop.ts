// A small shop and its activities, in the words of the tests.
import { decode, formatError, type MemberId, unwrap, utc, type Zone } from '../../src/foundation/index.ts'
import {
  Activity,
  type CompiledProgram,
  compileProgram,
  type Decision,
  decide,
  decodeProgram,
  type MemberState,
  newMember,
  type Program,
  type Rejection,
} from '../../src/program/index.ts'
import { defaultFraudPolicy } from '../../src/referrals/index.ts'

export const eur = (amount: string) => ({ amount, currency: 'EUR' })

export const shopJson = {
  id: 'shop',
  version: 1,
  currency: 'EUR',
  zone: 'UTC',
  returnWindow: { amount: 60, unit: 'day' },
  wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
  earning: {
    rounding: { mode: 'floor', on: 'order' },
    rules: [{ id: 'base', wallet: 'points', award: { mode: 'linear', points: '1', per: eur('1.00'), on: 'order' } }],
  },
  ladders: [],
} as const

/** So many points. */
export const pointsOf = (atLeast: number) => ({ type: 'count', metric: 'points', atLeast })

export const statusLadder = {
  id: 'status',
  metrics: [{ id: 'points', of: 'points', wallet: 'points' }],
  period: { type: 'calendar', calendar: { unit: 'year', startMonth: 1, startDay: 1 } },
  validity: { type: 'endOfNextPeriod' },
  tiers: [{ id: 'basic' }, { id: 'gold', reach: pointsOf(1000), keep: pointsOf(800) }],
}

const euros = { type: 'money', currency: 'EUR' }

/** 10 € off for the friend, 500 points for the referrer, from a purchase of 50 € on, with a review of 31 days. */
export const referralTerms = {
  eligibility: {
    newCustomersOnly: true,
    minimumSpend: eur('50.00'),
    purchaseNumber: null,
    within: null,
    channels: null,
    categories: null,
    exceptCategories: [],
  },
  fraud: defaultFraudPolicy,
  review: { amount: 31, unit: 'day' },
  referrer: { kind: { type: 'points', wallet: 'points' }, amount: { type: 'fixed', units: 500 } },
  referee: {
    reward: { kind: euros, amount: { type: 'fixed', units: 1000 } },
    release: 'atOnce',
    onReturn: 'proportional',
  },
  caps: [] as ReadonlyArray<object>,
  milestones: [] as ReadonlyArray<object>,
}

/** Terms in a program: the last touch of 90 days is credited. */
export const referralOf = (terms: object = {}, more: object = {}) => ({
  referral: {
    terms: { ...referralTerms, ...terms },
    attribution: { model: { type: 'last' }, window: { amount: 90, unit: 'day' }, cookieLife: null },
    velocity: [],
    ...more,
  },
})

export const wallet = (changes: object) => ({ wallets: [{ ...shopJson.wallets[0], ...changes }] })

export const programOf = (changes: object = {}): Program => unwrap(decodeProgram({ ...shopJson, ...changes }))

export const shop = (changes: object = {}, zones: ReadonlyArray<Zone> = [utc]): CompiledProgram =>
  unwrap(compileProgram(programOf(changes), { zones }))

export const activity = (json: object): Activity => unwrap(decode(Activity, { member: 'anna', ...json }))

export const joins = (at: string, more: object = {}): Activity =>
  activity({ type: 'enrolment', id: 'joins', at, ...more })

export const buys = (id: string, at: string, ...amounts: ReadonlyArray<string>): Activity =>
  activity({
    type: 'purchase',
    id,
    at,
    lines: amounts.map((amount, index) => ({ id: String(index + 1), amount: eur(amount) })),
  })

export const returns = (id: string, at: string, purchase: string, ...lines: ReadonlyArray<object>): Activity =>
  activity({ type: 'return', id, at, purchase, lines })

export const spends = (id: string, at: string, points: number): Activity =>
  activity({ type: 'redemption', id, at, wallet: 'points', points })

export const member = (id = 'anna'): MemberState => newMember(id as MemberId)

/** Decides one after the other; a rejection fails the test in words. */
export const following = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  from: MemberState = member(),
): Decision => {
  const nothing = { events: [], trace: [], followUps: [], claims: [], sharedClaims: [] }
  let last: Decision = { ...nothing, state: from, basedOn: from.revision }
  for (const one of activities) {
    const decided = decide(program, last.state, one)
    if (decided._tag === 'Left') throw new Error(formatError(decided.left))
    last = decided.right
  }
  return last
}

/** The reasons for which an activity is rejected. */
export const rejected = (program: CompiledProgram, state: MemberState, one: Activity): Rejection => {
  const decided = decide(program, state, one)
  return decided._tag === 'Left' ? decided.left : []
}

/** The figures of the wallet. */
export const points = ({ wallets }: MemberState) => {
  const found = wallets[0]
  return { active: found?.active ?? 0, pending: found?.pending ?? 0, debt: found?.debt ?? 0 }
}
