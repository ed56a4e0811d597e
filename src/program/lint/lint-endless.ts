/** What members can have as often as they like, for nothing: open vouchers, rewards without a price, tickets of draws. */
import { actionVocabulary, orderVocabulary } from '../../earning/index.ts'
import { addDays, instantAt, localTimeOf, type RuleId } from '../../foundation/index.ts'
import type { Reward } from '../../rewards/index.ts'
import type { Facts } from '../../rules/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramDraw, ProgramDrawEntry } from '../definition/program-draw.ts'
import type { ProgramVoucher } from '../definition/program-voucher.ts'
import type { Simulation } from '../simulate/simulate.ts'
import { anyAction } from './lint-climb.ts'
import { realityOf, satisfied } from './lint-condition.ts'
import { byFacts, type Findings, type ProgramFinding, showing, type WitnessHistory } from './lint-finding.ts'
import { anybody, enrols, FIRST_DAY, historyFor, isNoAction, repeatedLast, shownIn, stepsIn } from './lint-history.ts'

/** So often it is done to see that there is no end. */
const TIMES = [1, 2, 3, 4, 5]

/** What is bought with a voucher, at least, in minor units. */
const LEAST_MINOR = 10_000

const usesOf = (simulation: Simulation, { voucher: { id } }: ProgramVoucher): number =>
  stepsIn(simulation).filter(
    (step) => step.step === 'vouchers' && step.priced.applied.some(({ voucher }) => voucher === id),
  ).length

/** A purchase for which the voucher is, as far as what it asks for is known. */
const voucherPurchase = (
  compiled: CompiledProgram,
  { voucher: { when, validFrom } }: ProgramVoucher,
  amount: number,
): ReadonlyArray<Activity> | undefined => {
  const { program, zone } = compiled
  const asked = when === null ? [] : [when, ...realityOf([when], [])]
  const facts = satisfied(orderVocabulary(program.currency), asked)
  const wallet = program.wallets[0]?.id
  if (typeof facts === 'string' || wallet === undefined) return undefined
  // The day after it begins, it is valid at any hour.
  const from = validFrom === null ? {} : { from: addDays(localTimeOf(zone, validFrom).date, 1) }
  return historyFor(compiled, { id: 'none' as RuleId, wallet, award: null }, { facts, amount, ...from })
}

/** Several purchases at one instant, with each of which the voucher applies. */
const voucherHistory = (compiled: CompiledProgram, one: ProgramVoucher): WitnessHistory | undefined => {
  const { id, minimumSpend } = one.voucher
  const bought = voucherPurchase(compiled, one, Math.max(LEAST_MINOR, 2 * (minimumSpend?.minor ?? 0)))
  const order = bought?.[bought.length - 1]
  if (bought === undefined || order?.type !== 'purchase') return undefined
  const orders = TIMES.map(
    (time): Activity => ({ ...order, id: `order ${time}` as Activity['id'], vouchers: [{ voucher: id }] }),
  )
  const activities = [...bought.slice(0, -1), ...orders]
  return shownIn(compiled, activities, (simulation) => usesOf(simulation, one) === TIMES.length)
}

/** Vouchers that whoever enters them can use without end. */
export const endlessVouchers = (compiled: CompiledProgram): Findings =>
  (compiled.program.vouchers?.vouchers ?? []).flatMap((one, index): Findings => {
    const { use, limits, total, voucher } = one
    if (use !== 'open' || limits.length > 0 || total !== null || voucher.members !== null) return []
    const finding: ProgramFinding = {
      code: 'unboundedVoucher',
      severity: 'note',
      path: ['vouchers', 'vouchers', index, 'limits'],
      reason: 'whoever enters the voucher can use it as often as they like: no limit and no total ends it',
      witness: byFacts({}),
    }
    return [showing(finding, () => voucherHistory(compiled, one))]
  })

/** The same reward several times at one instant. */
const rewardHistory = (compiled: CompiledProgram, { id, validFrom }: Reward): WitnessHistory | undefined => {
  const at = validFrom ?? instantAt(compiled.zone, FIRST_DAY, 0)
  const taken = TIMES.map((time): Activity => {
    const base = { id: `takes ${time}` as Activity['id'], member: anybody, at }
    return { type: 'rewardRedeemed', ...base, reward: id, issue: true }
  })
  return shownIn(compiled, [enrols(at), ...taken], () => true)
}

/** Rewards that cost neither points nor money, and that no limit and no stock ends. */
export const endlessRewards = (compiled: CompiledProgram): Findings =>
  (compiled.program.rewards ?? []).flatMap((reward, index): Findings => {
    const { prices, stock, limits } = reward
    const isFree = prices.some(({ points, money, tier }) => points === 0 && money === null && tier === null)
    if (!isFree || stock !== null || limits.length > 0) return []
    const finding: ProgramFinding = {
      code: 'unboundedReward',
      severity: 'note',
      path: ['rewards', index, 'limits'],
      reason: 'the reward costs nothing, and neither a limit nor a stock ends it',
      witness: byFacts({}),
    }
    return [showing(finding, () => rewardHistory(compiled, reward))]
  })

/** What an entry asks of an action, as facts; none where that is not known. */
const entryFacts = ({ program }: CompiledProgram, { on, when }: ProgramDrawEntry): Facts => {
  const fields = program.earning.actions?.find(({ name }) => name === on)?.fields ?? []
  const found = when === undefined ? {} : satisfied(actionVocabulary(fields), [when, ...realityOf([when], fields)])
  return typeof found === 'string' ? {} : found
}

/** The same action several times when the draw opens, each with an entry. */
const drawHistory = (
  compiled: CompiledProgram,
  { draw }: ProgramDraw,
  entry: ProgramDrawEntry,
): WitnessHistory | undefined => {
  const at = draw.opens
  const action = anyAction(compiled, entry.on, at, entryFacts(compiled, entry))
  const activities = [enrols(at), ...repeatedLast([action], TIMES.length)]
  return shownIn(compiled, activities, (simulation) => {
    const entered = stepsIn(simulation).filter(
      (step) => step.step === 'draw' && step.draw === draw.id && step.isEntered,
    )
    return entered.length >= TIMES.length
  })
}

/** Draws in which members have one more ticket for each time that they do something for nothing. */
export const endlessDraws = (compiled: CompiledProgram): Findings =>
  (compiled.program.challenges?.draws ?? []).flatMap((one, index): Findings => {
    const entry = one.entries.find(({ on }) => !isNoAction(on))
    if (entry === undefined || one.draw.mostTickets !== null) return []
    const finding: ProgramFinding = {
      code: 'unboundedDraw',
      severity: 'note',
      path: ['challenges', 'draws', index, 'draw', 'mostTickets'],
      reason: `${entry.on} enters a member as often as it is done, and no number of tickets is the most`,
      witness: byFacts(entryFacts(compiled, entry)),
    }
    return [showing(finding, () => drawHistory(compiled, one, entry))]
  })
