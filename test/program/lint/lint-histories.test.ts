// Histories that show findings, in programs of every kind: each is run, and what it shows is seen (`pair`).
import { describe, expect, test } from 'vitest'
import { lintProgram, type ProgramFinding } from '../../../src/program/index.ts'
import { eur, pointsOf, referralOf, shop, shopJson, statusLadder, wallet } from '../shop.ts'
import { atLeast, base, days, earning, fixed, found, pair, shown } from './lint-pair.ts'
import { expectShown, historyIn } from './witness-checks.ts'

const count = (metric: string, of: number) => ({ type: 'count', metric, atLeast: of })
const ladder = (changes: object) => ({ ladders: [{ ...statusLadder, ...changes }] })
const actions = [{ name: 'stay', fields: [{ name: 'nights', type: 'integer', required: true }] }]
const stays = earning([base], { actions })
const typesIn = (finding: ProgramFinding | undefined) =>
  finding === undefined ? [] : (historyIn(finding)?.activities ?? []).map(({ type }) => type)

describe('a tier that is never kept', () => {
  const falls = (metric: object, reach: object, more: object = {}) => ({
    ...stays,
    ...ladder({
      metrics: [{ id: 'of', ...metric }],
      validity: { type: 'endOfPeriod' },
      tiers: [{ id: 'basic' }, { id: 'gold', reach }],
      ...more,
    }),
  })

  test.each([
    ['what is spent', falls({ of: 'spend' }, count('of', 5_000))],
    ['orders', falls({ of: 'orders' }, count('of', 3))],
    ['actions', falls({ of: 'action', action: 'stay' }, count('of', 4))],
    ['what actions say of themselves', falls({ of: 'action', action: 'stay', attribute: 'nights' }, count('of', 20))],
    ['months with a purchase', falls({ of: 'activeMonths' }, count('of', 3))],
    ['months with an action', falls({ of: 'activeMonths', action: 'stay' }, count('of', 3))],
    ['points', falls({ of: 'points', wallet: 'points' }, count('of', 1234))],
    [
      'points, with a grace after it',
      falls({ of: 'points', wallet: 'points' }, count('of', 10), {
        policy: { grace: { length: days(10), from: 'tierExpiry' } },
      }),
    ],
    [
      'points, entered at the end of the period',
      falls({ of: 'points', wallet: 'points' }, count('of', 10), { policy: { upgrade: 'nextDay' } }),
    ],
    ['years of membership', falls({ of: 'orders' }, count('of', 1), { period: { type: 'enrolment', months: 6 } })],
    [
      'one of two ways, of which the first is too long',
      falls(
        { of: 'orders' },
        { type: 'any', of: [count('of', 80), count('spent', 100)] },
        {
          metrics: [
            { id: 'of', of: 'orders' },
            { id: 'spent', of: 'spend' },
          ],
        },
      ),
    ],
    [
      'two things at once, one of them the time of being a member',
      falls(
        { of: 'orders' },
        { type: 'all', of: [count('of', 2), count('long', 12)] },
        {
          metrics: [
            { id: 'of', of: 'orders' },
            { id: 'long', of: 'tenure', unit: 'month' },
          ],
        },
      ),
    ],
    [
      'the days of being a member',
      falls(
        { of: 'orders' },
        { type: 'all', of: [count('of', 1), count('long', 90)] },
        {
          metrics: [
            { id: 'of', of: 'orders' },
            { id: 'long', of: 'tenure', unit: 'day' },
          ],
        },
      ),
    ],
    [
      'a balance beside it',
      falls(
        { of: 'orders' },
        { type: 'all', of: [count('of', 1), count('has', 90)] },
        {
          metrics: [
            { id: 'of', of: 'orders' },
            { id: 'has', of: 'balance', wallet: 'points' },
          ],
        },
      ),
    ],
  ])('is shown by %s', (_name, having) => {
    pair('tierNeverKept', having, { ...having, ladders: [] })
  })

  test.each([
    ['more orders than are told', falls({ of: 'orders' }, count('of', 80))],
    ['more actions than are told', falls({ of: 'action', action: 'stay' }, count('of', 80))],
  ])('is not shown by %s', (_name, having) => {
    pair('tierNeverKept', having, { ...having, ladders: [] }, {}, {}, true)
  })

  const only = (rule: object, more: object = {}) => ({
    ...falls({ of: 'points', wallet: 'points' }, count('of', 250)),
    ...earning([rule], { actions, ...more }),
  })
  test.each([
    ['full steps', only({ ...base, award: { mode: 'step', points: '40', per: eur('100.00'), on: 'order' } })],
    [
      'steps of a large amount',
      only({ ...base, award: { mode: 'step', points: '300', per: eur('5000.00'), on: 'order' } }),
    ],
    ['orders from an amount on', only({ ...base, when: atLeast('300') })],
    ['lines from an amount on', only({ ...base, lines: atLeast('300') })],
    ['a sum for each order', only(fixed('each', undefined))],
    ['actions', only({ ...fixed('each', undefined), on: 'stay' })],
    [
      'a share that grows slowly',
      only({ ...base, award: { mode: 'linear', points: '1', per: eur('90.00'), on: 'order' } }),
    ],
    ['a birthday', only({ ...base, when: { field: 'occasions', hasAny: ['birthday'] } })],
    ['an anniversary', only({ ...base, when: { field: 'occasions', hasAny: ['enrolmentAnniversary'] } })],
    [
      'goods that are not of the order’s other ones',
      only({
        ...base,
        when: { field: 'categories', hasAny: ['tea'] },
        lines: { field: 'categories', hasNone: ['tea'] },
      }),
    ],
    ['a schedule that begins later', only({ ...base, during: { from: '2027-03-01', until: '2028-03-01' } })],
  ])('is shown by points for %s', (_name, having) => {
    pair('tierNeverKept', having, { ...having, ladders: [] })
  })

  test.each([
    ['a sum that takes too many orders', only({ ...base, award: { mode: 'fixed', points: '1' } })],
    [
      'joining',
      only({ ...fixed('welcome', undefined), on: 'enrolment' }, { actions: [{ name: 'enrolment', fields: [] }] }),
    ],
    [
      'nothing that anybody can do',
      only({ ...base, when: { all: [atLeast('10'), { field: 'amount', lessThan: '10' }] } }),
    ],
  ])('is not shown by points for %s', (_name, having) => {
    const finding = found(shop(having), 'tierNeverKept')
    expect(finding?.witness.type).toBe('room')
  })
})

describe('tiers in the time that counts', () => {
  test('a grace within the period, or that begins with the tier', () => {
    const term = (policy: object) => ladder({ validity: { type: 'term', length: days(90) }, policy })
    pair('graceWithoutEffect', term({ grace: { length: days(30), from: 'tierStart' } }), term({}))
    pair('graceOutlastsValidity', term({ grace: { length: days(200), from: 'disqualification' } }), term({}))
  })

  test('what is left over keeps a tier to the end of the next period, and of the one after', () => {
    const rollover = { rollover: { cap: null, periods: 1 } }
    const tiers = [{ id: 'basic' }, { id: 'gold', reach: pointsOf(100) }]
    for (const type of ['endOfPeriod', 'endOfNextPeriod']) {
      pair('rolloverKeeps', ladder({ policy: rollover, tiers, validity: { type } }), ladder({ tiers }))
    }
  })

  test('what waits longer than a calendar year, or than a year of membership', () => {
    const pending = { type: 'duration', duration: days(400) }
    const metrics = [{ ...statusLadder.metrics[0], countedAt: 'activation' }]
    const waits = (period: object) => ({ ...ladder({ metrics, period }), ...wallet({ pending }) })
    pair('pendingOutlastsPeriod', waits(statusLadder.period), ladder({}))
    pair('pendingOutlastsPeriod', waits({ type: 'enrolment', months: 12 }), ladder({}))
  })

  test('caps that open anew: every day, every some days and hours, once', () => {
    const cap = (window: object, limit = 1) => ({
      ...ladder({}),
      ...earning([base], {
        caps: [{ id: 'cap', wallet: 'points', limit, counts: 'points', window, onExceed: 'truncate' }],
      }),
    })
    const windows = [
      { type: 'calendar', calendar: { unit: 'week', startsOn: 1 } },
      { type: 'rolling', duration: days(20) },
      { type: 'rolling', duration: { amount: 100, unit: 'hour' } },
      { type: 'lifetime' },
    ]
    for (const window of windows) pair('unreachableTier', cap(window), cap(window, 2_000))
    const refuses = (limit: number) => ({
      ...ladder({}),
      ...earning([base], {
        caps: [
          { id: 'cap', wallet: 'points', limit, counts: 'points', window: { type: 'lifetime' }, onExceed: 'reject' },
        ],
      }),
    })
    pair('unreachableTier', refuses(999), refuses(2_000))
  })

  test('months that a period does not have, and tiers that are given to nobody', () => {
    const months = (atMost: number) =>
      ladder({
        metrics: [{ id: 'points', of: 'activeMonths' }],
        tiers: [{ id: 'basic' }, { id: 'gold', reach: pointsOf(atMost) }],
      })
    const { finding } = pair('unreachableTier', months(13), months(12))
    expect(finding.witness.type).toBe('room')
    expect(typesIn(finding).length).toBe(14)
    const { finding: ungiven } = pair(
      'tierWithoutWay',
      { ...stays, ...ladder({ tiers: [{ id: 'basic' }, { id: 'gold' }] }) },
      ladder({}),
    )
    expect(typesIn(ungiven)).toEqual(['enrolment', 'purchase', 'action'])
  })

  test('a tier that spending costs is shown where it takes the balance alone', () => {
    const metrics = [
      { id: 'has', of: 'balance', wallet: 'points' },
      { id: 'did', of: 'orders' },
    ]
    const both = { type: 'all', of: [count('has', 100), count('did', 1)] }
    const of = (reach: object) =>
      ladder({
        metrics,
        period: { type: 'lifetime' },
        validity: { type: 'whileQualified' },
        tiers: [{ id: 'basic' }, { id: 'gold', reach }],
      })
    pair('balanceSpent', of(count('has', 100)), of(count('did', 1)))
    pair('balanceSpent', of(both), of(count('did', 1)), {}, {}, true)
  })
})

describe('referrals', () => {
  const economics = (cents: number) => ({
    economics: {
      margin: { numerator: 30, denominator: 100 },
      pointCost: () => ({ numerator: cents, denominator: 1 }),
      voucherMinor: () => 5_000,
    },
  })
  const free = {
    economics: { margin: { numerator: 1, denominator: 1 }, pointCost: () => ({ numerator: 0, denominator: 1 }) },
  }
  const terms = (changes: object, more: object = {}) => referralOf({ referee: null, ...changes }, more)

  test.each([
    [
      'each level above the referrer',
      terms({}, { levels: { depth: 3, decay: { numerator: 1, denominator: 1 }, rounding: 'floor' } }),
      2,
    ],
    [
      'the third friend',
      terms({
        referrer: {
          kind: { type: 'points', wallet: 'points' },
          amount: {
            type: 'byCount',
            steps: [
              { from: 1, units: 0 },
              { from: 3, units: 2_000 },
            ],
          },
        },
      }),
      1,
    ],
    [
      'a voucher',
      terms({ referrer: { kind: { type: 'voucher', voucher: 'mug' }, amount: { type: 'fixed', units: 1 } } }),
      1,
    ],
    ['both sides', referralOf(), 5],
    [
      'a friend who buys something particular',
      terms({
        eligibility: {
          newCustomersOnly: true,
          minimumSpend: eur('50.00'),
          purchaseNumber: 2,
          within: days(2),
          channels: ['web'],
          categories: ['gift cards', 'tea'],
          exceptCategories: ['gift cards'],
        },
      }),
      4,
    ],
    ['what a person approves of', terms({}, { velocity: [{ most: 0, within: days(30) }] }), 4],
    ['what a person approves of on both sides', referralOf({}, { velocity: [{ most: 0, within: days(30) }] }), 5],
  ])('cost more than they bring: %s', (_name, having, cents) => {
    pair('rewardExceedsMargin', having, having, economics(cents), free)
  })

  test('tier credit costs nothing', () => {
    const kind = { type: 'tierCredit', ladder: 'status', metric: 'points' }
    const having = { ...ladder({}), ...terms({ referrer: { kind, amount: { type: 'fixed', units: 9_000 } } }) }
    const codes = lintProgram(shop(having), economics(9)).map(({ code }) => code)
    expect(codes).not.toContain('rewardExceedsMargin')
    expect(codes).toContain('unboundedReferral')
  })

  test('milestones, as far as so many friends are told of', () => {
    const milestone = (referrals: number) =>
      terms({ milestones: [{ referrals, kind: { type: 'points', wallet: 'points' }, units: 900_000 }] })
    pair('milestoneExceedsMargin', milestone(3), milestone(3), economics(1), free)
    pair('milestoneExceedsMargin', milestone(40), milestone(40), economics(1), free, true)
  })

  test('a cap below one reward, of units and of referrals', () => {
    const cap = (counts: string, limit: number) => ({
      id: 'cap',
      per: 'referrer',
      counts,
      limit,
      window: { type: 'lifetime' },
      onExceed: 'reject',
    })
    pair('capBelowGrant', terms({ caps: [cap('units', 499)] }), terms({ caps: [cap('units', 500)] }))
    pair('capBelowGrant', terms({ caps: [cap('referrals', 0)] }), terms({ caps: [cap('referrals', 1)] }))
  })

  test('for which there is nothing are not shown', () => {
    const nothing = terms({
      review: days(1),
      referrer: { kind: { type: 'points', wallet: 'points' }, amount: { type: 'fixed', units: 0 } },
    })
    pair('reviewShorterThanReturns', nothing, {}, {}, {}, true)
    pair('unboundedReferral', nothing, {}, {}, {}, true)
  })
})

describe('what rules ask for', () => {
  test('members of a tier, with a birthday, for long: whether cases lie over one another', () => {
    const conditions = [
      { field: 'tiers', hasAny: ['status/gold'] },
      { field: 'occasions', hasAny: ['birthday'] },
      { field: 'tenureMonths', atLeast: 13 },
      { field: 'orderNumber', atLeast: 3 },
      { field: 'skus', hasAll: ['a', 'b'] },
      { field: 'brands', hasAny: ['x'] },
    ]
    const award = { mode: 'fixed', points: '1' }
    for (const when of conditions) {
      const cases = [
        { when, award },
        { when: { field: 'hour', atLeast: 6 }, award },
      ]
      const rule = (of: object) => ({
        ...ladder({}),
        ...earning([{ id: 'rule', wallet: 'points', whenUnknown: 'skip', award: null, ...of }]),
      })
      pair('overlappingCases', rule({ cases }), rule({ cases: cases.slice(1) }))
    }
  })

  test('an attribute that another rule insists on is given with it', () => {
    const attributes = [
      { name: 'table', type: 'integer' },
      { name: 'staff', type: 'flag' },
    ]
    const insists = { ...fixed('insists', { field: 'table', atLeast: 1 }), whenUnknown: 'reject' }
    const skips = { ...fixed('skips', { field: 'staff', is: true }), whenUnknown: 'skip' }
    const { program, finding } = pair(
      'optionalAttribute',
      earning([insists, skips], { attributes }),
      earning([insists], { attributes }),
    )
    expect(shown(program, finding).steps.length).toBe(2)
    const same = { ...fixed('same', { field: 'table', atLeast: 5 }), whenUnknown: 'skip' }
    pair(
      'optionalAttribute',
      earning([insists, same], { attributes }),
      earning([insists], { attributes }),
      {},
      {},
      true,
    )
  })

  test('points of a rule that dies by itself: by a milestone, for a large order, or not shown', () => {
    const legal = { legal: [{ id: 'quebec' as const }] }
    const lot = { validity: days(20) }
    const milestone = (of: object) => earning([{ ...base, lot, award: { mode: 'milestone', points: '10', ...of } }])
    pair('expiryByTimeAlone', milestone({ of: 'orders', every: 2 }), {}, legal)
    pair('expiryByTimeAlone', milestone({ of: 'spend', every: eur('5000.00') }), {}, legal)
    pair('expiryByTimeAlone', milestone({ of: 'orders', every: 200 }), {}, legal, legal, true)
    pair('expiryByTimeAlone', earning([{ ...base, lot: { validity: days(0) } }]), {}, legal, legal, true)
    const double = { id: 'double', wallet: 'points', lot, award: { mode: 'multiplier', factor: '2' } }
    pair('expiryByTimeAlone', earning([{ ...base, lot }]), earning([base, double]), legal)
  })

  test('a cap that lets nothing through is not shown where nothing is earned', () => {
    const cap = {
      id: 'none',
      wallet: 'miles',
      limit: 0,
      counts: 'points',
      window: { type: 'lifetime' },
      onExceed: 'truncate',
    }
    const wallets = ['points', 'miles'].map((id) => ({ ...shopJson.wallets[0], id }))
    pair('capBelowGrant', { wallets, ...earning([base], { caps: [cap] }) }, {}, {}, {}, true)
  })

  test('points that die in a wallet that nothing earns in are told of by their dates', () => {
    const pending = { type: 'duration', duration: days(30) }
    const expiry = { type: 'rolling', after: days(3), from: 'earning' }
    const wallets = [shopJson.wallets[0], { ...shopJson.wallets[0], id: 'miles', pending, expiry }]
    pair('diesWhilePending', { wallets }, {}, {}, {}, true)
  })

  test('a name that points wait for is not shown where nothing is earned', () => {
    const pending = { type: 'action', action: 'delivery', cancelAfter: days(30) }
    const wallets = [shopJson.wallets[0], { ...shopJson.wallets[0], id: 'miles', pending }]
    pair('unknownReference', { wallets }, {}, {}, {}, true)
  })

  test('everything that is found of a program with a hundred and more of a kind, the first hundred with a history', () => {
    const gap = (index: number) => ({
      id: `rule ${index}`,
      wallet: 'points',
      award: null,
      cases: [{ when: atLeast('10'), award: { mode: 'fixed', points: '1' } }],
    })
    const program = shop(earning(Array.from({ length: 130 }, (_, index) => gap(index))))
    const findings = lintProgram(program).filter(({ code }) => code === 'gapInCases')
    expect(findings.map((one) => historyIn(one) !== undefined)).toEqual(findings.map((_, index) => index < 100))
    for (const one of findings.slice(0, 3)) expect(expectShown(program, one)).toBe(true)
  })
})
