// A trace is data: every figure of every step follows from its others, and the steps say all that the events did.
import { expect } from 'vitest'
import { minorUnitDigits, roundRatio, unwrap, type WalletId } from '../../src/foundation/index.ts'
import type { LedgerEntry } from '../../src/ledger/index.ts'
import type {
  AssessmentStep,
  BadgeStep,
  BurnStep,
  CatalogueStep,
  ClawBackStep,
  CompiledProgram,
  ExchangeStep,
  LevelStep,
  MemberEvent,
  ReassessmentStep,
  ReferralRewardUnits,
  StampsStep,
  StampsTakenStep,
  TraceStep,
  VoucherHeldStep,
  VoucherRestoredStep,
  VouchersStep,
} from '../../src/program/index.ts'
import { dividedPrice, type RewardPrice } from '../../src/rewards/index.ts'
import { meetsThreshold } from '../../src/tiers/index.ts'
import type { Taken } from '../arbitraries/program.ts'
import { expectEarned } from './recompute-earning.ts'

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0)

const isOfWallet = (taken: ReassessmentStep['taken'], wallet: WalletId): taken is ReferralRewardUnits =>
  taken?.kind.type === 'points' && taken.kind.wallet === wallet

/** What is taken back in all is in the ledger, but for what had died before; so is what a referral loses. */
const expectClaws = (
  steps: ReadonlyArray<ClawBackStep>,
  rewards: ReadonlyArray<ReassessmentStep>,
  told: Told,
): void => {
  const { events, activity } = told
  for (const { granted, earnedOnRest, clawed, lapsed } of steps) {
    expect(granted - earnedOnRest).toBe(clawed)
    expect(lapsed).toBeLessThanOrEqual(clawed)
  }
  for (const wallet of new Set(steps.map((step) => step.wallet))) {
    const own = steps.filter((step) => step.wallet === wallet)
    const reversed = events.flatMap((event) =>
      event.type === 'reversed' && event.wallet === wallet && event.source === activity
        ? [event.points + event.forgiven]
        : [],
    )
    const lost = sum(rewards.map(({ taken }) => (isOfWallet(taken, wallet) ? taken.units : 0)))
    expect([wallet, sum(reversed)]).toEqual([wallet, sum(own.map(({ clawed, lapsed }) => clawed - lapsed)) + lost])
  }
}

const expectBurnt = (step: BurnStep, { events }: Told): void => {
  expect(sum(step.draws.map(({ points }) => points))).toBe(step.requested)
  expect(step.requested).toBeLessThanOrEqual(step.available)
  if (step.requested === 0) return
  const { wallet, requested: points, draws } = step
  const drawn = events.flatMap((event) =>
    event.type === 'redeemed' && event.wallet === wallet && event.points === points
      ? [new Map(event.draws.map((draw) => [draw.lot, draw.points]))]
      : [],
  )
  expect(drawn).toContainEqual(new Map(draws.map((draw) => [draw.lot, draw.points])))
}

/** What was asked for was there where a tier was reached or kept, and was not where it was lost. */
const expectThreshold = ({ change, threshold, counts }: AssessmentStep): void => {
  if (threshold === null || change === 'held') return
  const figures = new Map(counts.map(({ metric, count }) => [metric, count]))
  expect(meetsThreshold(threshold, figures)).toBe(change !== 'downgraded')
}

const expectAssessed = (steps: ReadonlyArray<AssessmentStep>, { events }: Told): void => {
  for (const step of steps) expectThreshold(step)
  const told = steps.map(({ ladder, at, change, cause, from, to, validUntil }) => [
    ladder,
    at,
    change,
    cause,
    from,
    to,
    validUntil,
  ])
  const changed = events.flatMap((event) => {
    if (event.type !== 'tierChanged') return []
    const { at, change, cause, from, standing } = event
    return [[standing.ladder, at, change, cause, from, standing.tier, standing.validUntil]]
  })
  expect(told).toEqual(changed)
}

const expectExchanged = ({ program }: CompiledProgram, { rate, minor, exchangedMinor }: ExchangeStep): void => {
  const [whole = '', fraction = ''] = rate.rate.split('.')
  const digits = fraction.length + minorUnitDigits(rate.from) - minorUnitDigits(rate.to)
  const numerator = BigInt(minor) * BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, -digits))
  const denominator = 10n ** BigInt(Math.max(0, digits))
  expect(unwrap(roundRatio(numerator, denominator, program.exchange?.rounding ?? 'halfUp'))).toBe(exchangedMinor)
}

const expectStamped = (steps: ReadonlyArray<StampsStep | StampsTakenStep>, { events }: Told): void => {
  for (const step of steps) if (step.step === 'stamps') expect(step.granted).toBeLessThanOrEqual(step.desired)
  const told = steps.map((step) => [step.card, step.step === 'stamps' ? step.granted : step.taken, step.stamps])
  const changed = events.flatMap((event) =>
    event.type === 'stampCardChanged' && (event.change === 'stamped' || event.change === 'takenBack')
      ? [[event.card.id, event.stamps, event.card.stamps]]
      : [],
  )
  expect(told).toEqual(changed)
}

const expectCardChanged = ({ card }: { readonly card: string }, { events }: Told): void =>
  expect(events.some((event) => event.type === 'stampCardChanged' && event.card.id === card)).toBe(true)

/** Points and money are one of the prices, or together come to one that can be divided. */
const isPrice = ({ wallet, points, money }: CatalogueStep, price: RewardPrice): boolean => {
  const divided = dividedPrice(price)
  if (price.wallet !== wallet) return false
  if (divided === null) return price.points === points && price.money?.minor === money?.minor
  const { total, price: rate, minimum } = divided
  const paid = rate.points * ((money?.minor ?? 0) - total.minor) + points * rate.price.minor
  return paid === 0 && points >= minimum
}

const expectRewarded = (
  steps: ReadonlyArray<CatalogueStep>,
  { events }: Told,
  rewards: CompiledProgram['rewards'],
): void => {
  const changed = events.flatMap((event) => {
    if (event.type !== 'rewardChanged') return []
    const { redemption, automatic } = event.reward
    return [[event.change, redemption.reward, redemption.id, automatic, redemption.points, redemption.money]]
  })
  expect(
    steps.map((step) => [step.change, step.reward, step.redemption, step.automatic, step.points, step.money]),
  ).toEqual(changed)
  for (const step of steps) {
    expect(rewards.get(step.reward)?.reward.prices.some((price) => isPrice(step, price))).toBe(true)
  }
}

const expectLevels = (steps: ReadonlyArray<LevelStep>, { events }: Told): void => {
  const changed = events.flatMap((event): ReadonlyArray<ReadonlyArray<unknown>> => {
    if (event.type === 'tenureReached') return [[event.tenure, event.level, true]]
    if (event.type !== 'challengeProgressed' && event.type !== 'streakProgressed') return []
    const id = event.type === 'challengeProgressed' ? event.challenge : event.streak
    const lost = event.lost.map(({ level }) => [id, level, false])
    return [...lost, ...event.reached.map(({ level }) => [id, level, true])]
  })
  const told = steps.map(({ challenge, level, isReached }) => [challenge, level, isReached])
  expect(told.map(String).sort()).toEqual(changed.map(String).sort())
}

const badgeEvents: ReadonlyMap<MemberEvent['type'], BadgeStep['change']> = new Map([
  ['badgeAwarded', 'awarded'],
  ['badgeRevoked', 'revoked'],
  ['badgeExpired', 'expired'],
])

const expectBadges = (steps: ReadonlyArray<BadgeStep>, { events }: Told): void =>
  expect(steps.map(({ change }) => change)).toEqual(events.flatMap(({ type }) => badgeEvents.get(type) ?? []))

/** What vouchers took off is the difference, on each line and in all, and what they pay is what is not left to pay. */
const expectPriced = ({ priced }: VouchersStep): void => {
  const { lines, shippingMinor, discountMinor, totalMinor, creditMinor, payMinor, applied } = priced
  const discounts = applied.filter(({ pays }) => !pays)
  lines.forEach(({ initialMinor, discountMinor: taken, netMinor }, line) => {
    expect(initialMinor - taken).toBe(netMinor)
    expect(sum(discounts.map((one) => one.lines[line] ?? 0))).toBe(taken)
  })
  for (const one of applied) {
    expect(sum(one.lines) + one.shippingMinor).toBe(one.minor)
    expect(one.minor).toBeLessThanOrEqual(one.desiredMinor)
  }
  expect(sum(discounts.map(({ minor }) => minor))).toBe(discountMinor)
  expect(sum(lines.map(({ netMinor }) => netMinor)) + shippingMinor).toBe(totalMinor)
  expect(sum(applied.filter(({ pays }) => pays).map(({ minor }) => minor))).toBe(creditMinor)
  expect(totalMinor - creditMinor).toBe(payMinor)
}

const expectVouchers = (
  held: ReadonlyArray<VoucherHeldStep>,
  restored: ReadonlyArray<VoucherRestoredStep>,
  { events }: Told,
): void => {
  const changed = events.flatMap((event) =>
    event.type === 'voucherHeldChanged' ? [[event.change, event.grant.voucher, event.grant.id]] : [],
  )
  expect(held.map(({ change, voucher, grant }) => [change, voucher, grant])).toEqual(changed)
  const back = events.flatMap((event) =>
    event.type === 'voucherUseChanged' && event.change === 'restored' ? [[event.use.voucher, event.use.purchase]] : [],
  )
  expect(restored.map(({ voucher, purchase }) => [voucher, purchase])).toEqual(back)
}

/** A decision as it is checked: what it was of, and its events. */
interface Told {
  readonly activity: string
  readonly events: ReadonlyArray<MemberEvent>
}

const isEntry = (event: MemberEvent): event is LedgerEntry => 'wallet' in event

type Of<Name extends TraceStep['step']> = Extract<TraceStep, { readonly step: Name }>

type Checks = {
  readonly [Name in TraceStep['step']]: (step: Of<Name>, told: Told, program: CompiledProgram) => void
}

const together = (): void => undefined

/** How a step that stands for itself is checked; those that are checked together are named, so that none is forgotten. */
const checks: Checks = {
  earning: (step, _, program) => expectEarned(program, step),
  clawBack: together,
  burn: expectBurnt,
  entry: together,
  assessment: together,
  referral: ({ outcome, refusals, referrer }) =>
    expect(outcome === 'refused').toBe(refusals.length > 0 || referrer === null),
  reassessment: ({ taken }) => expect(taken?.units ?? 0).toBeGreaterThanOrEqual(0),
  brought: ({ brought }, { events }) => {
    const { desired, units, takenUnits, capLimited } = brought
    expect(units).toBeLessThanOrEqual(desired)
    expect(takenUnits).toBeLessThanOrEqual(units)
    expect(capLimited || units === desired).toBe(true)
    expect(events).toContainEqual(expect.objectContaining({ type: 'broughtChanged', brought }))
  },
  exchange: (step, _, program) => expectExchanged(program, step),
  duplicate: (_, { events }) => expect(events).toEqual([]),
  restated: ({ reason, actor }, { activity: restatement, events }) =>
    expect(events).toContainEqual(expect.objectContaining({ type: 'restated', restatement, reason, actor })),
  stamps: together,
  stampsTaken: together,
  reward: together,
  challenge: ({ counted, next }) => expect(next === null || counted < next).toBe(true),
  level: together,
  streak: ({ count, next }) => expect(next === null || count < next).toBe(true),
  badge: together,
  vouchers: expectPriced,
  voucher: together,
  voucherRestored: together,
  draw: ({ draw, isEntered }, { events }) =>
    expect(events).toContainEqual(expect.objectContaining({ type: isEntered ? 'drawEntered' : 'drawWithdrawn', draw })),
  donation: ({ campaign, given, matched, reachesTarget }, { events }) =>
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'donated', campaign, given, matched, reachesTarget }),
    ),
  stampsExpired: expectCardChanged,
  stampReward: expectCardChanged,
}

const expectStep = <Name extends TraceStep['step']>(step: Of<Name>, told: Told, program: CompiledProgram): void => {
  const check: Checks[Name] = checks[step.step as Name]
  check(step, told, program)
}

/** Checks the whole trace of a decision against its events. */
export const expectTraceRecomputes = (program: CompiledProgram, { activity, decision }: Taken): void => {
  const { trace, events } = decision
  const told: Told = { activity: activity.id, events }
  const ofKind = <Name extends TraceStep['step']>(...names: ReadonlyArray<Name>): ReadonlyArray<Of<Name>> =>
    trace.filter((step): step is Of<Name> => names.includes(step.step as Name))
  for (const step of trace) expectStep(step, told, program)
  expect(ofKind('entry').map(({ entry }) => entry)).toEqual(events.filter(isEntry))
  expectClaws(ofKind('clawBack'), ofKind('reassessment'), told)
  expectAssessed(ofKind('assessment'), told)
  expectRewarded(ofKind('reward'), told, program.rewards)
  expectLevels(ofKind('level'), told)
  expectBadges(ofKind('badge'), told)
  expectVouchers(ofKind('voucher'), ofKind('voucherRestored'), told)
  expectStamped(ofKind('stamps', 'stampsTaken'), told)
}
