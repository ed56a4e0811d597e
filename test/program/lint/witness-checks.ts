// What a history of a finding must show, code by code: each is simulated, and the finding is seen in what it comes to.
import { expect } from 'vitest'
import type { EarningRule } from '../../../src/earning/index.ts'
import {
  addDuration,
  type Instant,
  type LotId,
  type MemberId,
  startOfDay,
  unwrap,
} from '../../../src/foundation/index.ts'
import type { LedgerEntry } from '../../../src/ledger/index.ts'
import {
  type BroughtReferral,
  type CompiledProgram,
  type FindingCode,
  type LintOptions,
  type MemberState,
  type ProgramEconomics,
  type ProgramFinding,
  type Purchase,
  type Simulation,
  simulate,
  type TraceStep,
  type WitnessHistory,
} from '../../../src/program/index.ts'
import type { ReferralRewardKind } from '../../../src/referrals/index.ts'
import {
  type Ladder,
  levelOf,
  meetsThreshold,
  programDay,
  qualificationPeriod,
  type Standing,
} from '../../../src/tiers/index.ts'
import { compiledOf } from '../../arbitraries/program.ts'

/** A finding with a history that was run. */
interface Shown {
  readonly compiled: CompiledProgram
  readonly finding: ProgramFinding
  readonly history: WitnessHistory
  readonly simulation: Simulation
  readonly options: LintOptions
}

type Check = (shown: Shown) => void

/** The history of a witness, whatever else it says. */
export const historyIn = ({ witness }: ProgramFinding): WitnessHistory | undefined => {
  if (witness.type === 'history') return witness
  return 'attempt' in witness ? witness.attempt : undefined
}

const run = (compiled: CompiledProgram, { activities, until }: WitnessHistory): Simulation => {
  const simulation = unwrap(simulate(compiled, activities, { until, trace: true }))
  expect(simulation.steps.filter(({ result }) => result._tag === 'Left')).toEqual([])
  return simulation
}

const anybody = 'anybody' as MemberId
const referrer = 'somebody else' as MemberId

const decisions = ({ steps, ends }: Simulation) => [
  ...steps.flatMap(({ result }) => (result._tag === 'Right' ? [result.right] : [])),
  ...ends.map(({ decision }) => decision),
]
const stepsOf = (simulation: Simulation): ReadonlyArray<TraceStep> =>
  decisions(simulation).flatMap(({ trace }) => trace)
const statesOf = (simulation: Simulation): ReadonlyArray<MemberState> => decisions(simulation).map(({ state }) => state)
const earningsOf = (simulation: Simulation) =>
  stepsOf(simulation).flatMap((step) => (step.step === 'earning' ? [step.earning] : []))
const entriesOf = (simulation: Simulation): ReadonlyArray<LedgerEntry> =>
  stepsOf(simulation).flatMap((step) => (step.step === 'entry' ? [step.entry] : []))
const earners = (simulation: Simulation): ReadonlyArray<string> =>
  earningsOf(simulation).flatMap(({ rules, multipliers }) =>
    [...rules, ...multipliers].map(({ rule }) => rule as string),
  )
const endOf = ({ members }: Simulation, member = anybody): MemberState => members.get(member) as MemberState
const walletIn = (state: MemberState, wallet: string) => state.wallets.find(({ id }) => id === wallet)
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, one) => total + one, 0)
const rewarded = (simulation: Simulation): ReadonlyArray<BroughtReferral> =>
  stepsOf(simulation).flatMap((step) =>
    step.step === 'brought' && step.change === 'rewarded' && step.brought.units > 0 ? [step.brought] : [],
  )

const ruleOf = ({ compiled, finding: { path } }: Shown): EarningRule => {
  const rule = compiled.program.earning.rules[path[2] as number]
  if (rule === undefined) throw new Error(`no rule at ${path.join('.')}`)
  return rule
}

const neverEarns: Check = (shown) => expect(earners(shown.simulation)).not.toContain(ruleOf(shown).id)

/** Whether a rule earns in a history where it stands alone, with other cases, and a point for whatever it awards. */
const earnsWith = ({ compiled, history }: Shown, rule: EarningRule, cases: ReadonlyArray<number>, isElse: boolean) => {
  const point = { mode: 'fixed', points: '1' } as const
  const kept = (rule.cases ?? [])
    .filter((_, index) => cases.includes(index))
    .map(({ when }) => ({ when, award: point }))
  const { group: _, stop: __, lines: ___, cooldown: ____, cases: _____, lot: ______, ...rest } = rule
  const other: EarningRule = { ...rest, whenUnknown: 'skip', award: isElse ? point : null, cases: kept }
  const { caps: _caps, groups: _groups, ...earning } = compiled.program.earning
  const alone = compiledOf({ ...compiled.program, earning: { ...earning, rules: [other] } })
  return earners(run(alone, history)).includes(rule.id)
}

const before = (index: number) => Array.from({ length: index }, (_, place) => place)

/** The case holds, and so does one before it. */
const casesTogether: Check = (shown) => {
  const index = shown.finding.path[4] as number
  expect(earnsWith(shown, ruleOf(shown), [index], false)).toBe(true)
  expect(earnsWith(shown, ruleOf(shown), before(index), false)).toBe(true)
}

const shadowedCase: Check = (shown) => {
  const { finding } = shown
  const rule = ruleOf(shown)
  if (finding.path[3] === 'award') expect(earnsWith(shown, rule, before(rule.cases?.length ?? 0), false)).toBe(true)
  else if (finding.witness.type === 'conflict') {
    expect(earnsWith(shown, rule, [finding.path[4] as number], false)).toBe(false)
    expect(earnsWith(shown, rule, [], true)).toBe(true)
  } else casesTogether(shown)
}

const ladderOf = ({ compiled, finding: { path } }: Shown): Ladder => {
  const ladder = compiled.program.ladders[path[1] as number]
  if (ladder === undefined) throw new Error(`no ladder at ${path.join('.')}`)
  return ladder
}
const onLadder = (state: MemberState | undefined, ladder: Ladder): Standing | undefined =>
  state?.standings.find(({ ladder: id }) => id === ladder.id)
const rankOn = (ladder: Ladder, tier: string | undefined): number => ladder.tiers.findIndex(({ id }) => id === tier)

/** Nobody is ever on the tier. */
const neverOnTier: Check = (shown) => {
  const ladder = ladderOf(shown)
  const tier = ladder.tiers[shown.finding.path[3] as number]?.id
  expect(tier).toBeDefined()
  for (const state of statesOf(shown.simulation)) expect(onLadder(state, ladder)?.tier).not.toBe(tier)
}

/** An instant before its end the member is on a higher tier. */
const fallsAtEnd = (shown: Shown): { readonly just: Standing; readonly after: Standing } => {
  const { compiled, history, simulation } = shown
  const ladder = ladderOf(shown)
  const just = onLadder(endOf(run(compiled, { ...history, until: (history.until - 1) as Instant })), ladder) as Standing
  const after = onLadder(endOf(simulation), ladder) as Standing
  expect(rankOn(ladder, after.earned.tier)).toBeLessThan(rankOn(ladder, just.earned.tier))
  return { just, after }
}

const lastPurchase = ({ history }: Shown): Purchase =>
  history.activities.filter((one): one is Purchase => one.type === 'purchase').at(-1) as Purchase
const paidMinor = ({ lines }: Purchase): number => sum(lines.map(({ amount }) => amount.minor))
const given = ({ history }: Shown): number =>
  sum(history.activities.map((one) => (one.type === 'adjustment' ? one.points : 0)))

const economicsOf = ({ options }: Shown): ProgramEconomics => {
  if (options.economics === undefined) throw new Error('no economics')
  return options.economics
}

const costOf = ({ pointCost, voucherMinor }: ProgramEconomics, kind: ReferralRewardKind, units: number): number => {
  if (kind.type === 'tierCredit') return 0
  if (kind.type === 'voucher') return units * (voucherMinor?.(kind.voucher) ?? 0)
  const { numerator, denominator } = kind.type === 'points' ? pointCost(kind.wallet) : { numerator: 1, denominator: 1 }
  return (units * numerator) / denominator
}

/** What the referrals of some friends cost, against what their purchases leave. */
const referralLoss = (shown: Shown, isMeant: (member: MemberId) => boolean, more: number): void => {
  const { simulation } = shown
  const economics = economicsOf(shown)
  const brought = rewarded(simulation).filter(({ referee }) => isMeant(referee))
  const friends = [...simulation.members.values()].filter(({ member }) => isMeant(member))
  const own = friends.map(({ referral }) => {
    const reward = referral?.conversion?.reward ?? null
    return reward === null ? 0 : costOf(economics, reward.kind, reward.units)
  })
  const cost = sum(brought.map(({ kind, units }) => costOf(economics, kind, units))) + sum(own) + more
  const { numerator, denominator } = economics.margin
  const spent = sum(friends.map(({ referral }) => referral?.conversion?.spendMinor ?? 0))
  expect(cost).toBeGreaterThan((spent * numerator) / denominator)
}

const rewardExceedsMargin: Check = (shown) => {
  const last = lastPurchase(shown).member
  referralLoss(shown, (member) => member === last, 0)
}

const milestoneExceedsMargin: Check = (shown) => {
  const reached = endOf(shown.simulation, referrer).referrerCounts.progress.highWater
  const { milestones = [] } = shown.compiled.program.referral?.terms ?? {}
  const paid = milestones.filter(({ referrals }) => referrals <= reached)
  const economics = economicsOf(shown)
  const more = sum(paid.map(({ kind, units }) => costOf(economics, kind, units)))
  referralLoss(shown, (member) => member.startsWith('friend '), more)
}

const capBelowGrant: Check = ({ compiled, finding: { path }, simulation }) => {
  const place = path.find((part): part is number => typeof part === 'number') ?? -1
  if (path[0] === 'campaigns') {
    const match = compiled.program.campaigns?.[place]?.campaign.match
    const given = stepsOf(simulation).flatMap((step) => (step.step === 'donation' ? [step] : []))
    expect(given.length).toBe(1)
    for (const { given: of, matched } of given) {
      expect(matched.minor).toBeLessThan(Math.ceil((of.minor * (match?.basisPoints ?? 0)) / 10_000))
    }
    return
  }
  if (path[0] === 'earning') {
    const id = compiled.program.earning.caps?.[place]?.id
    const cut = earningsOf(simulation).filter(({ capSteps }) => capSteps.some(({ cap }) => cap === id))
    expect(cut.some(({ points, desired }) => points < desired)).toBe(true)
    return
  }
  const id = compiled.program.referral?.terms.caps[place]?.id
  const cut = stepsOf(simulation).some(
    (step) =>
      step.step === 'brought' &&
      step.brought.limitedBy.some((cap) => cap === id) &&
      step.brought.units < step.brought.desired,
  )
  expect(cut).toBe(true)
}

const earningExceedsMargin: Check = (shown) => {
  const { margin, pointCost } = economicsOf(shown)
  const last = shown.simulation.steps.find(({ activity }) => activity.id === lastPurchase(shown).id)
  const trace = last?.result._tag === 'Right' ? last.result.right.trace : []
  const costs = trace.flatMap((step) => {
    if (step.step !== 'earning') return []
    const { numerator, denominator } = pointCost(step.earning.wallet)
    return [(step.earning.points * numerator) / denominator]
  })
  expect(sum(costs)).toBeGreaterThan((paidMinor(lastPurchase(shown)) * margin.numerator) / margin.denominator)
}

const rewardExceedsSpend: Check = (shown) => {
  const { margin, rewardMinor } = economicsOf(shown)
  const reward = shown.compiled.program.rewards?.[shown.finding.path[1] as number]
  const taken = endOf(shown.simulation).rewards.redemptions.map(({ redemption }) => [
    redemption.reward,
    redemption.status,
  ])
  expect(taken).toContainEqual([reward?.id, 'issued'])
  const spent = sum(shown.history.activities.map((one) => (one.type === 'purchase' ? paidMinor(one) : 0)))
  const cost = reward === undefined ? 0 : (rewardMinor?.(reward.id) ?? 0)
  expect((spent * margin.numerator) / margin.denominator).toBeLessThan(cost)
}

/** The wallet of a finding, or that of its rule. */
const walletOf = (shown: Shown): string | undefined => {
  const { compiled, finding } = shown
  return finding.path[0] === 'wallets' ? compiled.program.wallets[finding.path[1] as number]?.id : ruleOf(shown).wallet
}

/** What leaves lots because their time is over: points that expire, melt, or move on when they do. */
const goneOf = (shown: Shown) =>
  entriesOf(shown.simulation).flatMap((entry) => {
    if (entry.wallet !== walletOf(shown)) return []
    const { at, points } = entry
    if (entry.type === 'expired') return [{ lot: entry.lot, at, points }]
    if (entry.type !== 'decayed' && entry.type !== 'convertedOut') return []
    return entry.draws.map((draw) => ({ lot: draw.lot, at, points: draw.points }))
  })

/** Points of the wallet, or of the rule's wallet, are gone by the end. */
const expires: Check = (shown) => expect(sum(goneOf(shown).map(({ points }) => points))).toBeGreaterThan(0)

const diesWhilePending: Check = (shown) => {
  const entries = entriesOf(shown.simulation).filter((entry) => entry.wallet === walletOf(shown))
  const active = new Map(entries.flatMap((entry) => (entry.type === 'activated' ? [[entry.lot, entry.at]] : [])))
  const born = new Map(entries.flatMap((entry) => (entry.type === 'accrued' ? [[entry.lot, entry.activeFrom]] : [])))
  // In the instant in which they become active they are gone, if they ever become so.
  const isDead = (lot: LotId, at: Instant) => (active.get(lot) ?? born.get(lot) ?? Number.NaN) >= at
  expect(goneOf(shown).some(({ lot, at }) => isDead(lot, at))).toBe(true)
}

/** Nobody is ever on the tier, or has the points, that a price takes; or on a tier that the reward is for. */
const unreachableReward: Check = ({ compiled, finding, simulation }) => {
  const { prices = [], tiers = null } = compiled.program.rewards?.[finding.path[1] as number] ?? {}
  expect(prices.length).toBeGreaterThan(0)
  for (const state of statesOf(simulation)) {
    const on = new Set(state.standings.map(({ ladder, tier }) => `${ladder}/${tier}`))
    if (finding.path[2] === 'tiers') expect((tiers ?? []).filter((tier) => on.has(tier))).toEqual([])
    else {
      const isPaid = prices.some(
        ({ wallet, points, tier }) =>
          (walletIn(state, wallet)?.active ?? 0) >= points && (tier === null || on.has(tier)),
      )
      expect(isPaid).toBe(false)
    }
  }
}

const unknownReference: Check = (shown) => {
  const { compiled, finding, simulation } = shown
  if (finding.path[0] === 'earning') {
    neverEarns(shown)
    return
  }
  const wallet = compiled.program.wallets[finding.path[1] as number]?.id
  const earned = earningsOf(simulation).filter((one) => one.wallet === wallet)
  expect(sum(earned.map(({ points }) => points))).toBeGreaterThan(0)
  for (const state of statesOf(simulation)) expect(walletIn(state, wallet as string)?.active ?? 0).toBe(0)
}

const unusableVoucher: Check = ({ compiled, finding, simulation }) => {
  const id = compiled.program.vouchers?.vouchers[finding.path[2] as number]?.voucher.id
  const declined = stepsOf(simulation).flatMap((step) => (step.step === 'vouchers' ? step.priced.declined : []))
  expect(declined.map(({ voucher }) => voucher)).toContain(id)
}

const metricNeverCounted: Check = (shown) => {
  const ladder = ladderOf(shown)
  const metric = ladder.metrics[shown.finding.path[3] as number]
  if (metric === undefined) throw new Error('no metric')
  for (const state of statesOf(shown.simulation)) {
    const standing = onLadder(state, ladder)
    expect(standing === undefined ? 0 : levelOf(standing, metric)).toBe(0)
  }
}

const balanceSpent: Check = (shown) => {
  const { compiled, history, simulation } = shown
  const ladder = ladderOf(shown)
  const without = run(compiled, { ...history, activities: history.activities.slice(0, -1) })
  const [kept, lost] = [without, simulation].map((one) => rankOn(ladder, onLadder(endOf(one), ladder)?.tier))
  expect(lost).toBeLessThan(kept ?? -1)
}

const pendingOutlastsPeriod: Check = (shown) => {
  const ladder = ladderOf(shown)
  const metric = ladder.metrics[shown.finding.path[3] as number]
  const state = endOf(shown.simulation)
  if (metric?.of !== 'points') throw new Error('no metric of points')
  expect(walletIn(state, metric.wallet)?.pending).toBeGreaterThan(0)
  expect(levelOf(onLadder(state, ladder) as Standing, metric)).toBe(0)
  // One instant later the period is over.
  const { zone } = shown.compiled
  const { periodFrom, joinedAt } = onLadder(state, ladder) as Standing
  const joined = programDay(zone, joinedAt)
  const period = qualificationPeriod(ladder.period, periodFrom ?? joined, { joined, entered: joined })
  expect(startOfDay(zone, period?.until ?? joined)).toBe(shown.history.until + 1)
}

const lifetimeBelow: Check = (shown) => {
  const ladder = ladderOf(shown)
  const rank = shown.finding.path[3] as number
  const standing = onLadder(endOf(shown.simulation), ladder) as Standing
  const levels = new Map(ladder.metrics.map((metric) => [metric.id, levelOf(standing, metric)]))
  const holds = (of: number) => {
    const lifetime = ladder.tiers[of]?.lifetime
    return lifetime !== undefined && meetsThreshold(lifetime, levels)
  }
  expect(standing.tier).toBe(ladder.tiers[rank]?.id)
  expect(holds(rank)).toBe(true)
  const lower = before(rank).filter((of) => ladder.tiers[of]?.lifetime !== undefined)
  expect(lower.some((of) => !holds(of))).toBe(true)
}

const graceOutlastsValidity: Check = (shown) => {
  const { compiled, history, simulation } = shown
  const ladder = ladderOf(shown)
  const standing = onLadder(endOf(simulation), ladder) as Standing
  expect(standing.grace?.until).toBe(history.until + 1)
  const { zone } = compiled
  // What the grace is for was entered on that day, with the validity that then ended.
  const entered = startOfDay(zone, programDay(zone, standing.earned.since))
  const graceFrom = stepsOf(simulation).flatMap((step) =>
    step.step === 'assessment' && step.ladder === ladder.id && step.validUntil === standing.grace?.until
      ? [step.at]
      : [],
  )[0] as Instant
  expect(history.until + 1 - graceFrom).toBeGreaterThan(0)
  const terms = standing.earned.terms + 1
  expect(history.until + 1 - graceFrom).toBeGreaterThan((graceFrom - entered) / Math.max(1, terms) / 1.1)
}

const rolloverKeeps: Check = (shown) => {
  const { history, simulation, compiled } = shown
  const ladder = ladderOf(shown)
  const standing = onLadder(endOf(simulation), ladder) as Standing
  const last = Math.max(...history.activities.map(({ at }) => at)) as Instant
  expect(rankOn(ladder, standing.earned.tier)).toBeGreaterThan(0)
  expect(standing.grace).toBe(null)
  expect(standing.periodFrom).toBeGreaterThan(programDay(compiled.zone, last))
  expect(standing.earned.validUntil ?? Number.POSITIVE_INFINITY).toBeGreaterThan(history.until)
}

const reviewShorterThanReturns: Check = ({ history, simulation, compiled }) => {
  const returned = history.activities.at(-1)
  expect(returned?.type).toBe('return')
  expect(rewarded(simulation).every(({ rewardedAt }) => (rewardedAt ?? Number.NaN) <= (returned?.at ?? 0))).toBe(true)
  expect(rewarded(simulation).length).toBeGreaterThan(0)
  const bought = history.activities.find(({ id }) => returned?.type === 'return' && id === returned.purchase)
  expect(returned?.at).toBeLessThan(addDuration(compiled.zone, bought?.at as Instant, compiled.program.returnWindow))
}

const spendableBeforeReturn: Check = ({ history, simulation, finding, compiled }) => {
  expect(history.activities.slice(-2).map(({ type }) => type)).toEqual(['redemption', 'return'])
  const { id, clawBack } = compiled.program.wallets[finding.path[1] as number] ?? {}
  const spent = entriesOf(simulation).filter(({ type, wallet }) => type === 'redeemed' && wallet === id)
  expect(sum(spent.map(({ points }) => points))).toBeGreaterThan(0)
  expect(finding.severity).toBe((clawBack?.limit ?? 'unlimited') === 'unlimited' ? 'note' : 'warning')
}

const inactivityTooShort: Check = (shown) => {
  const { compiled, history } = shown
  const start = history.activities.at(-1)?.at as Instant
  expect(history.until).toBeLessThan(addDuration(compiled.zone, start, { amount: 1, unit: 'year' }))
  expires(shown)
}

/** What is seen of a finding, by its code. */
const checks: Readonly<Record<FindingCode, Check>> = {
  neverFires: (shown) => {
    const { id } = ruleOf(shown)
    // What only multiplies is there, and nothing that it multiplies.
    if (shown.finding.witness.type === 'name') {
      const multiplied = earningsOf(shown.simulation).flatMap(({ multipliers, rules }) =>
        multipliers
          .filter(({ rule }) => rule === id)
          .flatMap(({ award: { of } }) =>
            rules.filter(
              ({ stage, before: points, rule }) =>
                stage === 'base' && points !== '0' && (of === undefined || of.includes(rule)),
            ),
          ),
      )
      expect(multiplied).toEqual([])
      return
    }
    // A rule of which no line counts is among those that earn, with nothing.
    const rules = earningsOf(shown.simulation).flatMap((one) => [...one.rules, ...one.multipliers])
    expect(rules.filter(({ rule, lines }) => rule === id && lines.length > 0)).toEqual([])
  },
  shadowedRule: (shown) => {
    neverEarns(shown)
    expect(earners(shown.simulation).length).toBeGreaterThan(0)
  },
  shadowedCase,
  overlappingCases: casesTogether,
  gapInCases: (shown) => {
    neverEarns(shown)
    const rule = ruleOf(shown)
    const all = before(rule.cases?.length ?? 0)
    expect(earnsWith(shown, rule, all, false)).toBe(false)
    expect(earnsWith(shown, rule, all, true)).toBe(true)
  },
  overlappingRules: (shown) => {
    neverEarns(shown)
    const rule = ruleOf(shown)
    // By itself it earns; as it is, another one of its group does.
    expect(earnsWith(shown, rule, [], true)).toBe(true)
    const ofGroup = shown.compiled.program.earning.rules.filter(({ group }) => group === rule.group)
    expect(ofGroup.some(({ id }) => earners(shown.simulation).includes(id))).toBe(true)
  },
  gapInGroup: (shown) => {
    const group = shown.compiled.program.earning.groups?.[shown.finding.path[2] as number]?.id
    const rows = shown.compiled.program.earning.rules.filter((rule) => rule.group === group)
    expect(earners(shown.simulation).filter((id) => rows.some((rule) => rule.id === id))).toEqual([])
    // Of some wallet none of them would, not even by itself.
    const none = rows.filter(({ wallet }) =>
      rows.filter((row) => row.wallet === wallet).every((row) => !earnsWith(shown, row, [], true)),
    )
    expect(none.length).toBeGreaterThan(0)
  },
  undecided: ({ finding }) => {
    throw new Error(`what is not known cannot be shown: ${finding.reason}`)
  },
  optionalAttribute: neverEarns,
  unknownReference,
  unboundedAction: (shown) => {
    const { id } = ruleOf(shown)
    expect(earners(shown.simulation).filter((rule) => rule === id).length).toBeGreaterThanOrEqual(5)
  },
  unboundedReferral: ({ simulation }) =>
    expect(new Set(rewarded(simulation).map(({ referee }) => referee)).size).toBeGreaterThanOrEqual(5),
  unboundedVoucher: ({ compiled, finding, simulation }) => {
    const id = compiled.program.vouchers?.vouchers[finding.path[2] as number]?.voucher.id
    const applied = stepsOf(simulation).flatMap((step) => (step.step === 'vouchers' ? step.priced.applied : []))
    expect(applied.filter(({ voucher }) => voucher === id).length).toBeGreaterThanOrEqual(5)
  },
  unboundedReward: ({ compiled, finding, simulation }) => {
    const id = compiled.program.rewards?.[finding.path[1] as number]?.id
    const taken = endOf(simulation).rewards.redemptions.filter(({ redemption }) => redemption.reward === id)
    expect(taken.length).toBeGreaterThanOrEqual(5)
  },
  unboundedDraw: ({ compiled, finding, simulation }) => {
    const id = compiled.program.challenges?.draws?.[finding.path[2] as number]?.draw.id
    const entered = stepsOf(simulation).filter((step) => step.step === 'draw' && step.draw === id && step.isEntered)
    expect(entered.length).toBeGreaterThanOrEqual(5)
  },
  capBelowGrant,
  diesWhilePending,
  spendableBeforeReturn,
  reviewShorterThanReturns,
  noMinimumSpend: ({ simulation }) =>
    expect(rewarded(simulation).map(({ spendMinor, level }) => [spendMinor, level])).toContainEqual([1, 1]),
  rewardExceedsMargin,
  milestoneExceedsMargin,
  earningExceedsMargin,
  unreachableReward,
  rewardExceedsSpend,
  pointsLoop: (shown) => {
    const { simulation } = shown
    const last = simulation.steps.find(({ activity }) => activity.id === lastPurchase(shown).id)
    const trace = last?.result._tag === 'Right' ? last.result.right.trace : []
    const points = trace.map((step) => (step.step === 'earning' ? step.earning.points : 0))
    expect(sum(points)).toBeGreaterThanOrEqual(given(shown))
    expect(given(shown)).toBeGreaterThan(0)
  },
  unusableVoucher,
  conversionGain: (shown) => {
    const start = shown.history.activities.find((one) => one.type === 'adjustment')
    const wallet = start?.type === 'adjustment' ? start.wallet : ''
    expect(walletIn(endOf(shown.simulation), wallet)?.active).toBeGreaterThan(given(shown))
  },
  metricNeverCounted,
  unreachableTier: neverOnTier,
  tierWithoutWay: neverOnTier,
  tierNeverKept: (shown) => void fallsAtEnd(shown),
  lifetimeBelow,
  balanceSpent,
  pendingOutlastsPeriod,
  graceOutlastsValidity,
  graceWithoutEffect: (shown) => expect(fallsAtEnd(shown).just.grace).toBe(null),
  rolloverKeeps,
  expiryByTimeAlone: expires,
  inactivityTooShort,
  acceptedNothing: () => {
    throw new Error('what is not there cannot be shown')
  },
}

/** Runs what shows a finding, and sees it; whether there is something to run. */
export const expectShown = (compiled: CompiledProgram, finding: ProgramFinding, options: LintOptions = {}): boolean => {
  const history = historyIn(finding)
  if (history === undefined) return false
  checks[finding.code]({ compiled, finding, history, simulation: run(compiled, history), options })
  return true
}
