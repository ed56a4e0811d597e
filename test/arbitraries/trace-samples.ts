// Steps of traces of every kind, with every reason, cause and change that there is; a new one has to be added here.
import { emptyEarningContext, type UnmatchedReason, type UnmatchedRule } from '../../src/earning/index.ts'
import type { LedgerEntry } from '../../src/ledger/index.ts'
import type {
  AssessmentStep,
  BroughtChange,
  CatalogueStep,
  DifferencePart,
  ReferralBar,
  ReferralOutcome,
  TraceStep,
  WhyNot,
  WhyNotReason,
} from '../../src/program/index.ts'
import type { ReferralRewardKind, TouchReason } from '../../src/referrals/index.ts'
import type { VoucherDecline } from '../../src/rewards/index.ts'
import type { ConditionTest } from '../../src/rules/index.ts'
import type { AssessmentCause } from '../../src/tiers/index.ts'

const at = Date.UTC(2026, 2, 7)
const later = Date.UTC(2026, 11, 24)

/** Every member of a union, since an object that lacks one does not compile. */
const each = <Name extends string>(names: { readonly [One in Name]: true }): ReadonlyArray<Name> =>
  Object.keys(names) as ReadonlyArray<string> as ReadonlyArray<Name>

const field = 'amount'
const operators: ReadonlyArray<ConditionTest> = [
  { field, equals: 2000 },
  { field: 'weekday', is: 'friday' },
  { field: 'channel', isNot: 'web' },
  { field: 'store', in: ['north', 'south'] },
  { field: 'store', notIn: ['north', 'west end'] },
  { field: 'tiers', hasAny: ['status/gold'] },
  { field: 'categories', hasAll: ['tea', 'skin care'] },
  { field: 'occasions', hasNone: ['birthday'] },
  { field, atLeast: 2000, lessThan: 5000 },
  { field, moreThan: 2000, atMost: 5000 },
  { field: 'gift', is: true },
  { field: 'channel', present: true },
  { field: 'channel', present: false },
] as never

const founds = [
  1650,
  'monday',
  undefined,
  'east',
  'north',
  [],
  ['tea'],
  ['birthday'],
  100,
  9000,
  false,
  undefined,
  'web',
]

const explanations = operators.flatMap((required, index) =>
  (['true', 'false'] as const).map((truth) => ({
    type: 'test',
    truth,
    field: required.field,
    required,
    ...(founds[index] === undefined ? {} : { found: founds[index] }),
  })),
)

const reasons = each<UnmatchedReason>({
  cooldown: true,
  schedule: true,
  condition: true,
  stopped: true,
  group: true,
  noAward: true,
})

const earning = {
  wallet: 'points',
  points: 174,
  denominator: '2',
  rules: [
    { rule: 'base', stage: 'base', before: '174', numerator: '348', granted: '348', lines: [0], basisMinor: 8700 },
    { rule: 'tea', stage: 'base', before: '3', numerator: '3', granted: '2', lines: [0, 1], basisMinor: 1200 },
    { rule: 'shoes', stage: 'base', before: '0', numerator: '0', granted: '0', lines: [], basisMinor: 0 },
  ],
  multipliers: [
    { rule: 'double points', award: {}, factor: '2', lines: [] },
    { rule: 'tea', award: {}, factor: '1.5', lines: [0] },
    { rule: 'club', award: { of: ['shoes'] }, factor: '1.5', lines: [0] },
  ],
  capSteps: [
    ...(['truncate', 'reject', 'defer'] as const).map((onExceed) => ({
      cap: 'daily',
      onExceed,
      room: 100,
      desired: '348',
      granted: '200',
    })),
    { cap: 'once', onExceed: 'reject', room: 0, desired: '348', granted: '0' },
  ],
  deferred: [{ cap: 'daily', points: 74 }],
  byLine: [100, 74],
}

const withoutLines = { ...earning, byLine: [], rules: earning.rules.slice(0, 1) }
const taking = { ...earning, rules: [{ ...earning.rules[0], granted: '-7' }] }

const looked = {
  activity: { action: 'purchase', at, lines: [], attributes: {} },
  context: emptyEarningContext,
  freeFrom: [],
}

const earnings = [
  ...(['floor', 'ceil', 'halfUp', 'halfEven', 'halfAway', 'truncate'] as const).flatMap((mode) =>
    (['order', 'line'] as const).map((on) => ({
      step: 'earning',
      version: 1,
      rounding: { mode, on },
      earning,
      ...looked,
    })),
  ),
  ...[withoutLines, taking, { ...withoutLines, rules: taking.rules }, { ...earning, rules: [earning.rules[0]] }].map(
    (one) => ({ step: 'earning', version: 1, rounding: { mode: 'floor', on: 'line' }, earning: one, ...looked }),
  ),
]

const unmatched = { rule: 'weekend', reason: 'condition', others: [], cases: [] }

/** Rules that did not earn, for every reason. */
export const unmatchedSamples: ReadonlyArray<UnmatchedRule> = [
  ...reasons.map((reason) => ({ ...unmatched, reason, explanation: { type: 'all', truth: 'false', parts: [] } })),
  ...explanations.map((explanation) => ({ ...unmatched, explanation })),
  {
    ...unmatched,
    rule: 'any of two',
    reason: 'cooldown',
    others: ['condition'],
    explanation: { type: 'any', truth: 'false', parts: explanations.slice(1, 4) },
  },
] as never

const entryTypes = each<LedgerEntry['type']>({
  opened: true,
  accrued: true,
  activated: true,
  redeemed: true,
  restored: true,
  held: true,
  holdReleased: true,
  expired: true,
  decayed: true,
  extended: true,
  reinstated: true,
  reversed: true,
  adjustedIn: true,
  adjustedOut: true,
  transferredOut: true,
  transferredIn: true,
  convertedOut: true,
  convertedIn: true,
  debtSettled: true,
  debtWrittenOff: true,
  expirySuspended: true,
  expiryResumed: true,
})

const someEntry = {
  wallet: 'points',
  points: 1200,
  at,
  activeFrom: at,
  awaits: null,
  expiresAt: null,
  draws: [1],
  lots: [1, 2],
  redemption: 'r-1',
  until: null,
  hold: 'h-1',
  debt: 200,
  forgiven: 30,
  actor: 'care',
  reason: 'a parcel that was lost',
  to: 'miles',
  from: 'miles',
}

const entries = [
  ...entryTypes.map((type) => ({ ...someEntry, type })),
  { ...someEntry, type: 'accrued', activeFrom: later, expiresAt: later, points: 1 },
  { ...someEntry, type: 'accrued', activeFrom: later, awaits: 'delivery' },
  { ...someEntry, type: 'held', until: later },
  { ...someEntry, type: 'reversed', debt: 0, forgiven: 0 },
].map((entry) => ({ step: 'entry', entry }))

const causes = each<AssessmentCause>({
  reach: true,
  keep: true,
  grace: true,
  return: true,
  claim: true,
  suspension: true,
  definition: true,
})
const changes = each<AssessmentStep['change']>({ held: true, upgraded: true, renewed: true, downgraded: true })
const counted = (metric: string, atLeast: number) => ({ type: 'count', metric, atLeast })
const parts = [counted('points', 1000), counted('spend', 50_000)]
const someThreshold = counted('points', 1000)
const assessmentOf = (change: string, cause: string, threshold: object | null) => ({
  step: 'assessment',
  ladder: 'status',
  at,
  change,
  cause,
  from: 'gold',
  to: 'silver',
  counts: [
    { metric: 'points', count: 1200 },
    { metric: 'spend', count: 49_999 },
  ],
  threshold,
  validUntil: threshold === null ? null : later,
})
const assessments = [
  ...causes.flatMap((cause) => changes.map((change) => assessmentOf(change, cause, someThreshold))),
  ...[null, { type: 'all', of: parts }, { type: 'any', of: parts }, { type: 'some', number: 1, of: parts }].map((one) =>
    assessmentOf('renewed', 'keep', one),
  ),
]

const bars: { readonly [Tag in ReferralBar['_tag']]: object } = {
  SelfReferral: {},
  ReferrerNotEarlier: {},
  ReferrerNotInGoodStanding: {},
  NotNewCustomer: {},
  ReferredTooLate: {},
  NotMonetised: {},
  WrongPurchaseNumber: { number: 3, wanted: 1 },
  ChannelNotEligible: { channel: 'web' },
  ReferralWindowClosed: { closedAt: at },
  BelowMinimumSpend: { spendMinor: 1000, minimumMinor: 5000 },
  ReferralBlocked: { signals: ['sameDevice', 'sameIp'] },
  InvalidValue: { expected: 'an amount of at least 0' },
  OutOfRange: { expected: 'a number of at most 9' },
}
const touches = each<TouchReason>({
  wins: true,
  sharesCredit: true,
  ownTouch: true,
  afterConversion: true,
  cookieExpired: true,
  windowClosed: true,
  earlierWins: true,
  laterWins: true,
  codeWins: true,
  priorityWins: true,
  moreCreditWins: true,
  idWins: true,
})
const kinds: { readonly [Type in ReferralRewardKind['type']]: object } = {
  points: { wallet: 'points' },
  money: { currency: 'EUR' },
  donation: { currency: 'EUR', charity: 'forest-fund' },
  voucher: { voucher: 'ten' },
  tierCredit: { metric: 'points', ladder: 'status' },
}
const rewardKinds = [
  ...Object.entries(kinds).map(([type, more]) => ({ type, ...more })),
  { type: 'tierCredit', metric: 'spend', ladder: 'status' },
]
const outcomes = each<ReferralOutcome>({ stands: true, cancelled: true, inReview: true })
const broughtChanges = each<BroughtChange>({
  opened: true,
  approved: true,
  denied: true,
  reduced: true,
  cancelled: true,
  rewarded: true,
  shared: true,
  questioned: true,
  upheld: true,
  reversed: true,
})
const brought = {
  referee: 'ben',
  level: 1,
  status: 'approved',
  fraud: { because: [{ signal: 'sameIp' }] },
  kind: rewardKinds[0],
  desired: 500,
  units: 500,
  capLimited: false,
  limitedBy: ['yearly'],
}

const declines: { readonly [Reason in VoucherDecline['reason']]: object } = {
  notYetValid: { validFrom: later },
  expired: { validUntil: at },
  otherCurrency: {},
  notForMember: {},
  conditionNotMet: {},
  conditionUnknown: {},
  usedUp: {},
  noMatchingProduct: {},
  tooFewItems: { missingItems: 2 },
  belowMinimumSpend: { missingMinor: 550 },
  belowMinimumAfterDiscount: { missingMinor: 550 },
  exclusiveWith: { other: 'spring' },
  nothingLeft: {},
  totalCapReached: {},
  notFirst: {},
  notBest: { totalMinor: 4000 },
  notWorst: { totalMinor: 4000 },
  alreadyApplied: {},
  notInPlan: {},
}
const applied = { voucher: 'ten', minor: 1000, desiredMinor: 1500, cappedBy: null, gifts: [], pays: false }

const catalogueChanges = each<CatalogueStep['change']>({
  hold: true,
  issue: true,
  use: true,
  release: true,
  cancel: true,
  ship: true,
  deliver: true,
  fail: true,
  comeBack: true,
})
const catalogue = {
  step: 'reward',
  reward: 'mug',
  redemption: 'r-1',
  wallet: 'points',
  points: 500,
  money: null,
  automatic: false,
}
const five = { minor: 500, currency: 'EUR' }

/** What of a member can be put right. */
const differences = each<DifferencePart>({
  wallets: true,
  standings: true,
  stampCards: true,
  goals: true,
  streaks: true,
  tenure: true,
  badges: true,
  levels: true,
  days: true,
  rewards: true,
  rewardsTaken: true,
  vouchers: true,
  voucherUses: true,
  voucherCounts: true,
  earnings: true,
  redemptions: true,
  lapsed: true,
  caps: true,
  cooldowns: true,
  milestones: true,
  brought: true,
  upgrades: true,
  enrolledAt: true,
  birthday: true,
  orders: true,
  referral: true,
  referrerCounts: true,
  activities: true,
})

/** Steps of each kind. */
const samples: { readonly [Kind in TraceStep['step']]: ReadonlyArray<object> } = {
  earning: earnings,
  entry: entries,
  restated: [[], differences].map((of) => ({
    step: 'restated',
    reason: 'a rule that was wrong',
    actor: 'care',
    parts: of,
  })),
  burn: [{ step: 'burn', wallet: 'points', requested: 500, available: 1200, draws: [] }],
  clawBack: ['purchase', 'review'].flatMap((action) =>
    [0, 5].map((lapsed) => ({
      step: 'clawBack',
      wallet: 'points',
      purchase: 'o-1',
      action,
      granted: 100,
      earnedOnRest: 40,
      clawed: 60,
      lapsed,
    })),
  ),
  assessment: assessments,
  referral: [
    {
      step: 'referral',
      referrer: null,
      outcome: 'refused',
      refusals: [],
      touches: touches.map((reason) => ({ reason, referrer: 'bob' })),
    },
    { step: 'referral', referrer: 'bob', outcome: 'qualified', refusals: [], touches: [] },
    ...Object.entries(bars).map(([_tag, more]) => ({
      step: 'referral',
      referrer: 'bob',
      outcome: 'refused',
      refusals: [{ _tag, ...more }],
      touches: [],
    })),
    {
      step: 'referral',
      referrer: 'bob',
      outcome: 'refused',
      refusals: [{ _tag: 'NotNewCustomer' }, { _tag: 'ChannelNotEligible', channel: 'web' }, { _tag: 'NotMonetised' }],
      touches: [],
    },
  ],
  reassessment: outcomes.flatMap((outcome) =>
    [null, ...rewardKinds].flatMap((kind) =>
      [1, 20].map((units) => ({
        step: 'reassessment',
        referrer: 'bob',
        outcome,
        taken: kind === null ? null : { kind, units },
      })),
    ),
  ),
  brought: [
    ...broughtChanges.map((change) => ({ step: 'brought', change, brought })),
    {
      step: 'brought',
      change: 'opened',
      brought: { ...brought, level: 2, status: 'pending', units: 100, capLimited: true },
    },
  ],
  exchange: [
    {
      step: 'exchange',
      rate: { from: 'USD', to: 'EUR', rate: '0.917', validFrom: at },
      minor: 1000,
      exchangedMinor: 917,
    },
  ],
  duplicate: [{ step: 'duplicate', activity: 'o-1' }],
  stamps: [null, 'perDay', 'cardFull'].map((cutBy) => ({
    step: 'stamps',
    card: 'coffee',
    slots: 10,
    desired: 5,
    granted: cutBy === null ? 1 : 2,
    cutBy,
    rewards: cutBy === null ? [] : [{ card: 1, reward: 'free-coffee' }],
    stamps: 3,
  })),
  stampsTaken: [0, 1].map((debt) => ({
    step: 'stampsTaken',
    card: 'coffee',
    purchase: 'o-1',
    taken: debt + 1,
    stamps: 3,
    debt,
  })),
  stampsExpired: [1, 4].map((stamps) => ({ step: 'stampsExpired', card: 'coffee', stamps, at })),
  stampReward: [true, false].map((used) => ({ step: 'stampReward', card: 'coffee', number: 1, position: 10, used })),
  reward: [
    ...catalogueChanges.map((change) => ({ ...catalogue, change })),
    { ...catalogue, change: 'hold', automatic: true, redemption: 'automatic/3/mug/1/4/2026-03-07T00:00:00Z' },
    { ...catalogue, change: 'use', redemption: 'issue/1/a/o-1' },
    { ...catalogue, change: 'use', redemption: 'automatic/3/mug/long ago' },
    { ...catalogue, change: 'issue', money: five },
  ],
  donation: [0, 500].map((points) => ({
    step: 'donation',
    campaign: 'trees',
    beneficiary: 'forest-fund',
    wallet: 'points',
    points,
    given: five,
    matched: { minor: points, currency: 'EUR' },
    reachesTarget: points > 0,
  })),
  voucher: (['granted', 'expired', 'revoked'] as const).flatMap((change) =>
    [null, later].map((validUntil) => ({ step: 'voucher', change, voucher: 'ten', grant: 'g-1', validUntil })),
  ),
  voucherRestored: [{ step: 'voucherRestored', voucher: 'ten', purchase: 'o-1' }],
  vouchers: [
    {
      step: 'vouchers',
      currency: 'EUR',
      priced: {
        applied: [
          applied,
          { ...applied, pays: true },
          { ...applied, cappedBy: 'voucher' },
          { ...applied, cappedBy: 'total', gifts: [{ sku: 'mug', quantity: 2 }] },
        ],
        declined: Object.entries(declines).map(([reason, more]) => ({ voucher: 'ten', because: { reason, ...more } })),
      },
    },
  ],
  challenge: [1, -1].map((amount) => ({
    step: 'challenge',
    challenge: 'tasting',
    activity: 'o-1',
    amount,
    counted: 2,
    next: amount > 0 ? 3 : null,
  })),
  level: [true, false].map((isReached) => ({
    step: 'level',
    challenge: 'tasting',
    level: 'expert',
    isReached,
    reward: isReached ? 'mug' : null,
  })),
  streak: [3, null].map((next) => ({ step: 'streak', streak: 'daily', count: 2, next })),
  badge: (['awarded', 'revoked', 'expired'] as const).map((change) => ({ step: 'badge', badge: 'expert', change })),
  draw: [true, false].map((isEntered) => ({ step: 'draw', draw: 'summer', isEntered })),
}

export const traceSamples: ReadonlyArray<TraceStep> = Object.values(samples).flat() as never

const whyNotReasons = each<WhyNotReason>({
  cooldown: true,
  schedule: true,
  condition: true,
  stopped: true,
  group: true,
  noAward: true,
  lines: true,
  tooLittle: true,
  cap: true,
  nothingToMultiply: true,
})
const none = {
  rule: 'weekend',
  others: [],
  first: null,
  change: null,
  from: null,
  line: null,
  shortfall: null,
  cap: null,
}
const condition = (change: object | null) => ({ ...none, reason: 'condition', change })
const changed = (...all: ReadonlyArray<object>) => condition({ type: 'changes', changes: all })
const dearer = { type: 'changes', changes: [{ field: 'amount', from: 1650, to: 2000 }] }
const cut = { ...none, reason: 'cap', cap: 'per day' }
const twoReasons = { ...none, reason: 'cooldown', others: ['condition'], from: later }
const tooLittle = { ...none, reason: 'tooLittle', shortfall: { field: 'amount', missing: 8000 } }

/** Why rules did not earn, in every way. */
export const whyNotSamples: ReadonlyArray<WhyNot> = [
  ...whyNotReasons.map((reason) => ({ ...none, reason, cap: reason === 'cap' ? 'per day' : null, from: later })),
  { ...none, reason: 'schedule' },
  { ...none, reason: 'cooldown' },
  { ...twoReasons, change: dearer },
  { ...twoReasons, change: { type: 'cannot' } },
  { ...twoReasons, change: { type: 'undecided' } },
  { ...none, reason: 'noAward', change: dearer },
  { ...none, reason: 'lines', line: '2', change: dearer },
  { ...none, reason: 'lines', line: '2', change: { type: 'cannot' } },
  tooLittle,
  { ...tooLittle, line: '2' },
  { ...tooLittle, shortfall: { field: 'orders', missing: 2 } },
  cut,
  changed({ field: 'amount', from: 1650, to: 2000 }),
  changed(
    { field: 'channel', to: 'web' },
    { field: 'store', from: 'north' },
    { field: 'weekday', from: 'monday', to: 'friday' },
  ),
  changed({ field: 'tiers', from: [], to: ['status/gold'] }),
  changed({ field: 'labels', to: [] }),
  changed({ field: 'categories', from: ['tea', 'books'], to: ['tea'] }),
  changed({ field: 'categories', from: ['tea'], to: ['books'] }),
  condition({ type: 'cannot' }),
  condition({ type: 'undecided' }),
] as never
