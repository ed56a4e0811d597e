// Earning as a person would compute it on paper: whole fractions of bigints, one stage, one rule and one line after
// another.
import type {
  Award,
  Cap,
  CountedLine,
  EarningActivity,
  EarningContext,
  EarningRule,
  EarningRules,
  LotSettings,
  MilestoneAward,
  ValueAward,
  WalletUnit,
} from '../../src/earning/index.ts'
import type { WalletId } from '../../src/foundation/index.ts'
import type { Condition, ConditionTest, Fact, Facts, Truth } from '../../src/rules/index.ts'
import {
  atLeastZero,
  decimal,
  divisor,
  type Fraction,
  fraction,
  larger,
  negative,
  none,
  one,
  plus,
  roundFraction,
  shareOut,
  sum,
  sumOf,
  timesFraction,
  whole,
} from './fraction.ts'

const not: Readonly<Record<Truth, Truth>> = { true: 'false', false: 'true', unknown: 'unknown' }

/** The tests that the generators make, of a fact that is known. */
const meets = (test: ConditionTest, fact: Fact): boolean => {
  if ('atLeast' in test && test.atLeast !== undefined) return Number(fact) >= test.atLeast
  if ('lessThan' in test && test.lessThan !== undefined) return Number(fact) < test.lessThan
  const texts = fact as ReadonlyArray<string>
  if ('hasAny' in test) return test.hasAny.some((text) => texts.includes(text))
  if ('hasNone' in test) return !test.hasNone.some((text) => texts.includes(text))
  return 'in' in test ? test.in.includes(fact as string) : 'is' in test && test.is === fact
}

const truth = (condition: Condition, facts: Facts): Truth => {
  if ('not' in condition) return not[truth(condition.not, facts)]
  const test = condition as ConditionTest
  const fact = facts[test.field]
  if (fact === undefined) return 'unknown'
  return meets(test, fact) ? 'true' : 'false'
}

/** A fact is missing without which a rule asks for the activity to be refused. */
export const UNKNOWN = 'unknown fact'

/** Whether an unknown condition holds for a rule. */
const holdsFor = ({ whenUnknown }: EarningRule, result: Truth): boolean => {
  if (result === 'unknown' && whenUnknown === 'reject') throw new Error(UNKNOWN)
  return result === 'true' || (result === 'unknown' && whenUnknown === 'earn')
}

interface Scene {
  readonly rules: EarningRules
  readonly unit: WalletUnit
  readonly activity: EarningActivity
  readonly context: EarningContext
  readonly facts: Facts
  /** The slots: a line each, or one for an action. */
  readonly lines: ReadonlyArray<CountedLine | null>
}

const factsOf = (activity: EarningActivity, context: EarningContext, weekday: string): Facts => {
  const lines = activity.lines.filter(({ counts }) => counts)
  const { facts } = context
  return {
    weekday,
    amount: lines.reduce((all, { basisMinor }) => all + basisMinor, 0),
    categories: lines.flatMap((line) => line.categories),
    quantity: lines.reduce((all, { quantity }) => all + quantity, 0),
    channel: activity.attributes['channel'],
    score: activity.attributes['score'],
    tiers: facts['tiers'] ?? [],
    orderNumber: facts['orderNumber'],
  }
}

const lineCounts = (rule: EarningRule, line: CountedLine | null): boolean => {
  if (line === null) return true
  if (!line.counts) return false
  const { basisMinor: amount, categories, sku } = line
  const facts: Facts = { amount, categories, sku: sku ?? undefined }
  return rule.lines === undefined || holdsFor(rule, truth(rule.lines, facts))
}

interface Share {
  readonly rule: EarningRule
  readonly award: Award
  readonly counts: ReadonlyArray<boolean>
  readonly raw: ReadonlyArray<Fraction>
  readonly isFlat: boolean
}

const isMet = ({ counts }: Pick<Share, 'counts'>): boolean => counts.includes(true)

const awardOf = (rule: EarningRule, { facts }: Scene): Award | null => {
  for (const { when, award } of rule.cases ?? []) if (holdsFor(rule, truth(when, facts))) return award
  return rule.award
}

/** Points for the order as a whole: they belong to its lines by weights, counted in the rule's own fractions. */
const shared = (points: Fraction, count: bigint, weights: ReadonlyArray<bigint>, counts: ReadonlyArray<boolean>) => {
  if (!counts.includes(true)) return counts.map(() => none)
  const by = weights.some((weight) => weight > 0n) ? weights.map(whole) : counts.map((is) => whole(is ? 1n : 0n))
  const common = divisor(points.over < 0n ? -points.over : points.over, points.under)
  const earned = (count * points.over) / common
  const small = BigInt(Number.MAX_SAFE_INTEGER)
  // Only what leaves the exact range of numbers is shared out in whole units.
  return earned > small || earned < -small
    ? shareOut(count, by).map((share) => timesFraction(points, whole(share)))
    : shareOut(earned, by).map((share) => fraction(share, points.under / common))
}

const levelsOf = (rule: EarningRule, award: MilestoneAward, more: bigint, { context }: Scene): bigint => {
  const { counted, paid } = context.milestones.find((one) => one.rule === rule.id) ?? { counted: 0, paid: 0 }
  const every = typeof award.every === 'number' ? award.every : award.every.minor
  const levels = (BigInt(counted) + more) / BigInt(every) - BigInt(paid)
  return levels < 0n ? 0n : levels
}

const countOfValue = (award: ValueAward, points: Fraction, { facts }: Scene): readonly [Fraction, bigint] => {
  const value = BigInt(Math.max(0, Number(facts[award.field])))
  const per = BigInt(award.per)
  return award.steps === 'step' ? [points, value / per] : [fraction(points.over, points.under * per), value]
}

const rawOf = (
  rule: EarningRule,
  award: Award,
  counts: ReadonlyArray<boolean>,
  scene: Scene,
): ReadonlyArray<Fraction> => {
  const of = (part: 'basisMinor' | 'quantity') =>
    scene.lines.map((line, slot) => (counts[slot] === true ? BigInt(line?.[part] ?? 0) : 0n))
  const amounts = of('basisMinor')
  if (award.mode === 'multiplier') return counts.map(() => none)
  const points = decimal(award.points, scene.unit.decimals)
  const all = sum(amounts)
  const ofLines = (count: (minor: bigint) => Fraction) => amounts.map((minor) => timesFraction(points, count(minor)))
  switch (award.mode) {
    case 'linear':
      return ofLines((minor) => fraction(minor, BigInt(award.per.minor)))
    case 'step': {
      const steps = (minor: bigint) => minor / BigInt(award.per.minor)
      return award.on === 'line' ? ofLines((minor) => whole(steps(minor))) : shared(points, steps(all), amounts, counts)
    }
    case 'fixed':
    case 'bonus':
      return shared(points, 1n, amounts, counts)
    case 'perItem':
      return shared(points, sum(of('quantity')) / BigInt(award.every), of('quantity'), counts)
    case 'perValue':
      return shared(...countOfValue(award, points, scene), amounts, counts)
    case 'milestone': {
      const more = award.of === 'spend' ? all : counts.includes(true) ? 1n : 0n
      return shared(points, levelsOf(rule, award, more, scene), amounts, counts)
    }
  }
}

const isFlat = ({ mode }: Award): boolean => mode === 'bonus' || mode === 'milestone'

const isOf = ({ wallet, also = [], on = 'purchase' }: EarningRule, { unit, activity }: Scene): boolean =>
  (wallet === unit.id || also.includes(unit.id)) && on === activity.action

/** What a rule whose condition holds gives; `null` where it has nothing to give. */
const shareOf = (rule: EarningRule, scene: Scene): Share | null => {
  const award = awardOf(rule, scene)
  if (award === null) return null
  if (award.mode === 'perValue' && scene.facts[award.field] === undefined) {
    if (rule.whenUnknown === 'reject') throw new Error(UNKNOWN)
    return null
  }
  const counts = scene.lines.map((line) => lineCounts(rule, line))
  return { rule, award, counts, raw: rawOf(rule, award, counts, scene), isFlat: isFlat(award) }
}

const matchingRules = (scene: Scene): ReadonlyArray<EarningRule> =>
  scene.rules.rules
    .filter((rule) => isOf(rule, scene))
    .filter((rule) => rule.when === undefined || holdsFor(rule, truth(rule.when, scene.facts)))
    .filter((rule) => !scene.context.cooling.includes(rule.id))

/** One rule after the other, as the program lists them. */
const sharesOf = (scene: Scene): ReadonlyArray<Share> => {
  const isIn = (mode: string, { group }: EarningRule) =>
    scene.rules.groups?.find(({ id }) => id === group)?.mode === mode
  const matching = matchingRules(scene)
  const found: Array<Share> = []
  for (const rule of matching) {
    const isTaken = isIn('firstMatch', rule) && found.some((one) => one.rule.group === rule.group && isMet(one))
    const share = isTaken ? null : shareOf(rule, scene)
    if (share === null) continue
    found.push(share)
    if (rule.stop === true && isMet(share)) break
  }
  return found.filter((share) => !isIn('best', share.rule) || isBest(share, found))
}

/** Whether none of its group gives more, or as much and comes first; one for which nothing counts is no rival. */
const isBest = (share: Share, found: ReadonlyArray<Share>): boolean => {
  const rivals = found.filter((one) => one.rule.group === share.rule.group && isMet(one))
  const [first] = rivals.filter((one) => rivals.every((other) => !larger(sumOf(other.raw), sumOf(one.raw))))
  return first === undefined || first === share
}

const factorOf = (factors: ReadonlyArray<Fraction>, stacking: EarningRules['multipliers']): Fraction => {
  if (factors.length === 0) return one
  if (stacking === 'product') return factors.reduce(timesFraction, one)
  if (stacking === 'best') return factors.reduce((best, factor) => (larger(factor, best) ? factor : best))
  return atLeastZero(factors.reduce((all, factor) => plus(all, plus(factor, fraction(-1n, 1n))), one))
}

/** Every line of every base award by the multipliers that apply to it. */
const multiplied = (shares: ReadonlyArray<Share>, stacking: EarningRules['multipliers']): ReadonlyArray<Share> => {
  const multipliers = shares.flatMap(({ award, counts }) =>
    award.mode === 'multiplier' ? [{ factor: decimal(award.factor, 0), of: award.of, counts }] : [],
  )
  return shares
    .filter(({ award }) => award.mode !== 'multiplier')
    .map((share) => {
      if (share.isFlat) return share
      const mine = multipliers.filter(({ of }) => of === undefined || of.includes(share.rule.id))
      const raw = share.raw.map((points, slot) =>
        timesFraction(
          points,
          factorOf(
            mine.filter(({ counts }) => counts[slot] === true).map(({ factor }) => factor),
            stacking,
          ),
        ),
      )
      return { ...share, raw }
    })
}

const capCounts = ({ of }: Cap, { rule }: Share): boolean =>
  (of?.rules?.includes(rule.id) ?? true) && (of?.kind ?? rule.lot?.kind ?? 'regular') === (rule.lot?.kind ?? 'regular')

/** Takes what is too much from one rule after the other, the last of those that are cut first to begin with. */
const cutInOrder = (desired: ReadonlyArray<Fraction>, order: ReadonlyArray<number>, room: Fraction) => {
  const left = [...desired]
  let over = plus(sumOf(desired), negative(room))
  for (const index of order) {
    const cut = larger(over, left[index] ?? none) ? (left[index] ?? none) : over
    left[index] = plus(left[index] ?? none, negative(cut))
    over = plus(over, negative(cut))
  }
  return left
}

const cutBy = (cap: Cap, desired: ReadonlyArray<Fraction>, shares: ReadonlyArray<Share>, room: number) => {
  if (cap.onExceed === 'reject') return desired.map(() => none)
  if (cap.cut === 'proportional') {
    const shares = shareOut(BigInt(room), desired).map(whole)
    if (shares.every((share, index) => !larger(share, desired[index] ?? none))) return shares
    const { over, under } = sumOf(desired)
    return desired.map((points) => timesFraction(points, fraction(BigInt(room) * under, over)))
  }
  const first = cap.cut === 'regularFirst' ? 'regular' : 'promotional'
  const isFirst = (index: number) => (shares[index]?.rule.lot?.kind ?? 'regular') === first
  const places = desired.map((_, index) => index).reverse()
  return cutInOrder(desired, [...places.filter(isFirst), ...places.filter((place) => !isFirst(place))], whole(room))
}

/** What each rule is left with. */
const capped = (
  shares: ReadonlyArray<Share>,
  caps: ReadonlyArray<Cap>,
  { rooms }: EarningContext,
): ReadonlyArray<Fraction> =>
  caps.reduce<ReadonlyArray<Fraction>>(
    (left, cap) => {
      const room = cap.window.type === 'activity' ? cap.limit : rooms.find((known) => known.cap === cap.id)?.room
      const counted = shares.map((share, index) => capCounts(cap, share) && larger(left[index] ?? none, none))
      const desired = left.map((points, index) => (counted[index] === true ? points : none))
      if (room === undefined || !larger(sumOf(desired), whole(room))) return left
      const through = cutBy(cap, desired, shares, room)
      return left.map((points, index) => (counted[index] === true ? (through[index] ?? none) : points))
    },
    shares.map(({ raw }) => sumOf(raw)),
  )

const lotKey = ({ kind = 'regular', funder, validity, pending }: LotSettings = {}): string =>
  JSON.stringify([kind, funder, validity?.amount, validity?.unit, pending?.amount, pending?.unit])

const partsOf = (points: bigint, shares: ReadonlyArray<Share>, totals: ReadonlyArray<Fraction>, scene: Scene) => {
  const mine = scene.rules.rules.filter((rule) => isOf(rule, scene))
  const keys = [...new Set(mine.map(({ lot }) => lotKey(lot)))]
  const weights = keys.map((key) => sumOf(totals.filter((_, index) => lotKey(shares[index]?.rule.lot) === key)))
  return shareOut(points, weights.map(points < 0n ? negative : (weight) => weight).map(atLeastZero)).filter(
    (part) => part !== 0n,
  )
}

/** What each line keeps of what caps cut, in trillionths of a point, to share out by. */
const trillionths = (shares: ReadonlyArray<Share>, totals: ReadonlyArray<Fraction>): ReadonlyArray<Fraction> => {
  const kept = shares.map(({ raw }, index) => {
    const { over, under } = sumOf(raw)
    const part = timesFraction(totals[index] ?? none, over === 0n ? none : fraction(under, over))
    return raw.map((points) => {
      const exact = timesFraction(timesFraction(points, part), whole(10n ** 12n))
      return exact.over / exact.under
    })
  })
  return (shares[0]?.raw ?? []).map((_, slot) => whole(sum(kept.map((line) => line[slot] ?? 0n))))
}

/** What an activity earns in a wallet: in all, without caps, by line, and by lot. */
export interface ModelEarning {
  readonly wallet: WalletId
  readonly points: bigint
  readonly desired: bigint
  readonly byLine: ReadonlyArray<bigint> | null
  readonly parts: ReadonlyArray<bigint>
}

const settled = (
  raw: ReadonlyArray<Fraction>,
  { mode, on }: EarningRules['rounding'],
): { readonly points: bigint; readonly byLine: ReadonlyArray<bigint> } => {
  const rounded = raw.map((points) => roundFraction(points, mode))
  if (on === 'line' && rounded.every((points) => points >= 0n)) return { points: sum(rounded), byLine: rounded }
  const total = on === 'line' ? sum(rounded) : roundFraction(sumOf(raw), mode)
  const points = total < 0n ? 0n : total
  return { points, byLine: shareOut(points, (on === 'line' ? rounded.map(whole) : raw).map(atLeastZero)) }
}

/** What an activity on a weekday earns in one wallet; throws {@link UNKNOWN}. */
export const earnByHand = (
  rules: EarningRules,
  unit: WalletUnit,
  activity: EarningActivity,
  context: EarningContext,
  weekday: string,
): ModelEarning => {
  const isPurchase = activity.action === 'purchase'
  const lines = isPurchase ? activity.lines : [null]
  const scene: Scene = { rules, unit, activity, context, lines, facts: factsOf(activity, context, weekday) }
  const shares = multiplied(sharesOf(scene), rules.multipliers)
  const raw = lines.map((_, slot) => sumOf(shares.map((share) => share.raw[slot] ?? none)))
  const caps = (rules.caps ?? []).filter(({ wallet }) => wallet === unit.id)
  const before = shares.map((share) => sumOf(share.raw))
  const totals = capped(shares, caps, context)
  const isCut = totals.some((total, index) => larger(before[index] ?? none, total))
  if (!isPurchase) {
    const points = roundFraction(sumOf(totals), rules.rounding.mode)
    const desired = roundFraction(sumOf(before), rules.rounding.mode)
    return { wallet: unit.id, points, desired, byLine: [], parts: partsOf(points, shares, totals, scene) }
  }
  const desired = settled(raw, rules.rounding)
  const cut = roundFraction(sumOf(totals), rules.rounding.mode)
  const points = isCut ? (cut < 0n ? 0n : cut) : desired.points
  return {
    wallet: unit.id,
    points,
    desired: desired.points,
    byLine: isCut ? shareOut(points, trillionths(shares, totals).map(atLeastZero)) : desired.byLine,
    parts: partsOf(points, shares, totals, scene),
  }
}
