/** What a program came to over a population: points by kind, balances, tiers, budgets, by segment. */

import * as E from 'fp-ts/Either'
import type { Monoid } from 'fp-ts/Monoid'
import {
  arrayCodec,
  CapId,
  type Codec,
  type ExactInteger,
  ExactIntegerText,
  exactSum,
  integerCodec,
  LadderId,
  type MemberId,
  stringCodec,
  structCodec,
  TierId,
  WalletId,
} from '../../foundation/index.ts'
import { balanceSign, StatementMovementType } from '../../ledger/index.ts'
import type { Activity } from '../activity/activity.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { MemberEvent } from '../state/member-event.ts'
import type { MemberState } from '../state/member-state.ts'
import type { CapClaim } from '../state/open-earning.ts'
import { countLevels, GivenLevels, givenLevelsOf, type LevelTally } from './level-counts.ts'
import {
  type RewardsOutcome,
  type RewardsTally,
  rewardsOutcomeCodecs,
  rewardsOutcomeOf,
  startRewardsTally,
  tallyRewardEvent,
  tallyRewardsOutcome,
} from './outcome-rewards.ts'
import { type EndlessChain, foldSimulation, type SimulateOptions, type SimulationFold } from './simulate.ts'
import { startTally, type Tally } from './tally.ts'

/** Members of a segment, and activities of theirs that were refused. */
export interface SegmentMembers {
  readonly segment: string
  readonly members: number
  readonly refused: number
}

/** Points that moved in a wallet, in its smallest unit; the kind has the sign. */
export interface MovedPoints {
  readonly segment: string
  readonly wallet: WalletId
  readonly kind: StatementMovementType
  readonly points: ExactInteger
}

/** What members of a segment hold at the end, waiting points and holds included, less what they owe. */
export interface HeldPoints {
  readonly segment: string
  readonly wallet: WalletId
  readonly points: ExactInteger
}

/** Members of a segment on a tier at the end. */
export interface TierMembers {
  readonly segment: string
  readonly ladder: LadderId
  readonly tier: TierId
  readonly members: number
}

/** What was used of a budget for everybody, less what was given back. */
export interface BudgetUse {
  readonly cap: CapId
  /** The part of the population that the budget is for, as the program says; the empty text: all. */
  readonly key: string
  readonly points: ExactInteger
}

/** What a program came to over a population, each list in the order of its keys. */
export interface ProgramOutcome extends RewardsOutcome {
  readonly members: ReadonlyArray<SegmentMembers>
  readonly movements: ReadonlyArray<MovedPoints>
  readonly balances: ReadonlyArray<HeldPoints>
  readonly tiers: ReadonlyArray<TierMembers>
  readonly budgets: ReadonlyArray<BudgetUse>
  readonly levels: ReadonlyArray<GivenLevels>
}

const natural = /* @__PURE__ */ integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER })

/**
 * Reads a {@link ProgramOutcome}, as a part of a population stores it to be merged elsewhere.
 *
 * @example
 * ```ts
 * import { decode, outcomeMonoid, ProgramOutcome, unwrap } from 'treue'
 *
 * const stored = JSON.stringify(ProgramOutcome.encode(outcomeMonoid.empty))
 * unwrap(decode(ProgramOutcome, JSON.parse(stored))).members // => []
 * ```
 */
export const ProgramOutcome: Codec<ProgramOutcome, unknown> = /* @__PURE__ */ structCodec('ProgramOutcome', {
  members: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('SegmentMembers', { segment: stringCodec, members: natural, refused: natural }),
  ),
  movements: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('MovedPoints', {
      segment: stringCodec,
      wallet: WalletId,
      kind: StatementMovementType,
      points: ExactIntegerText,
    }),
  ),
  balances: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('HeldPoints', { segment: stringCodec, wallet: WalletId, points: ExactIntegerText }),
  ),
  tiers: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('TierMembers', {
      segment: stringCodec,
      ladder: LadderId,
      tier: TierId,
      members: natural,
    }),
  ),
  budgets: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('BudgetUse', { cap: CapId, key: stringCodec, points: ExactIntegerText }),
  ),
  ...rewardsOutcomeCodecs,
  levels: /* @__PURE__ */ arrayCodec(GivenLevels),
})

/** How a population is looked at. */
export interface OutcomeOptions extends SimulateOptions {
  /** Which segment a member belongs to. Default: all belong to one, the empty text. */
  readonly segmentOf?: (member: MemberId) => string
}

/** The counts of an outcome while it is made. */
interface Counts {
  readonly members: Tally<readonly [segment: string]>
  readonly refused: Tally<readonly [segment: string]>
  readonly movements: Tally<readonly [segment: string, wallet: WalletId, kind: StatementMovementType]>
  readonly balances: Tally<readonly [segment: string, wallet: WalletId]>
  readonly tiers: Tally<readonly [segment: string, ladder: LadderId, tier: TierId]>
  readonly budgets: Tally<readonly [cap: CapId, key: string]>
  readonly rewards: RewardsTally
  readonly levels: LevelTally
  readonly received: Tally<readonly [member: MemberId, wallet: WalletId]>
}

const startCounts = (): Counts => ({
  members: startTally(),
  refused: startTally(),
  movements: startTally(),
  balances: startTally(),
  tiers: startTally(),
  budgets: startTally(),
  rewards: startRewardsTally(),
  levels: startTally(),
  received: startTally(),
})

const outcomeOf = (counted: Counts): ProgramOutcome => {
  const { members, refused, movements, balances, tiers, budgets, rewards, levels } = counted
  const refusals = new Map(refused.rows().map(({ key: [segment], count }) => [segment, Number(count)]))
  const present = members.rows().map(({ key: [segment], count }) => [segment, Number(count)] as const)
  const segments = new Map([...[...refusals.keys()].map((segment) => [segment, 0] as const), ...present])
  return {
    members: [...segments]
      .map(([segment, count]) => ({ segment, members: count, refused: refusals.get(segment) ?? 0 }))
      .sort((a, b) => (a.segment < b.segment ? -1 : 1)),
    movements: movements.rows().map(({ key: [segment, wallet, kind], count }) => ({
      segment,
      wallet,
      kind,
      points: count,
    })),
    balances: balances.rows().map(({ key: [segment, wallet], count }) => ({ segment, wallet, points: count })),
    tiers: tiers.rows().map(({ key: [segment, ladder, tier], count }) => ({
      segment,
      ladder,
      tier,
      members: Number(count),
    })),
    budgets: budgets.rows().map(({ key: [cap, key], count }) => ({ cap, key, points: count })),
    ...rewardsOutcomeOf(rewards),
    levels: givenLevelsOf(levels),
  }
}

const isSpending = (type: string): boolean => type === 'redeemed' || type === 'restored'

const countEvents = (
  { movements, rewards, levels, received }: Counts,
  segment: string,
  member: MemberId,
  events: ReadonlyArray<MemberEvent>,
): void => {
  for (const event of events) {
    tallyRewardEvent(rewards, segment, event)
    countLevels(levels, segment, event)
    // Of all events, only entries of a ledger name a wallet.
    const sign = 'wallet' in event ? balanceSign(event.type) : 0
    if (!('wallet' in event) || sign === 0) continue
    movements.add([segment, event.wallet, event.type as StatementMovementType], event.points)
    if (!isSpending(event.type)) received.add([member, event.wallet], sign * event.points)
  }
}

const countClaims = ({ budgets }: Counts, { program }: CompiledProgram, claims: ReadonlyArray<CapClaim>): void => {
  for (const { cap: id, key, points } of claims) {
    const cap = program.earning.caps?.find((one) => one.id === id)
    if (cap?.per?.scope === 'everyone') budgets.add([id, key], points)
  }
}

const countMember = ({ members, balances, tiers }: Counts, segment: string, state: MemberState): void => {
  members.add([segment], 1)
  for (const { id, active, pending, held, debt } of state.wallets) {
    balances.add([segment, id], exactSum(active + pending, held - debt))
  }
  for (const { ladder, tier } of state.standings) tiers.add([segment, ladder, tier], 1)
}

/** Points that a member got in a wallet and did not lose: spent or still held, less debt. */
export interface ReceivedPoints {
  readonly member: MemberId
  readonly wallet: WalletId
  readonly points: ExactInteger
}

/** An outcome, and where each member ended. */
export interface PlayedOutcome {
  readonly outcome: ProgramOutcome
  readonly members: ReadonlyMap<MemberId, MemberState>
  readonly received: ReadonlyArray<ReceivedPoints>
}

/**
 * Plays a history and adds up what the program came to, by segment: points by kind, balances, tiers, budgets, levels of challenges. Parts of a
 * population that ask nothing of each other can be played apart: their outcomes merge with {@link outcomeMonoid}.
 *
 * @param program - the compiled program
 * @param activities - the history, in the order in which it is taken in
 * @param options - segments, where it begins, until when time passes at the end
 * @returns `EndlessChain`: decisions ask for activities that ask for further ones for longer than allowed.
 *
 * @example
 * ```ts
 * import { Activity, compileProgram, decode, decodeProgram, playOutcome, unwrap } from 'treue'
 *
 * const program = unwrap(compileProgram(unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }))))
 * const joins = unwrap(decode(Activity, { type: 'enrolment', id: 'e1', member: 'anna', at: '2026-03-01T12:00:00Z' }))
 * unwrap(playOutcome(program, [joins])).outcome.members // => [{ segment: '', members: 1, refused: 0 }]
 * ```
 */
export const playOutcome = (
  program: CompiledProgram,
  activities: ReadonlyArray<Activity>,
  options: OutcomeOptions = {},
): E.Either<EndlessChain, PlayedOutcome> => {
  const { segmentOf = () => '' } = options
  const counts = startCounts()
  const fold: SimulationFold<null> = {
    initial: null,
    step: (sum, { activity, result }) => {
      const segment = segmentOf(activity.member)
      if (E.isLeft(result)) counts.refused.add([segment], 1)
      else {
        countEvents(counts, segment, activity.member, result.right.events)
        countClaims(counts, program, result.right.claims)
      }
      return sum
    },
    end: (sum, { before, decision }) => {
      countEvents(counts, segmentOf(before.member), before.member, decision.events)
      return sum
    },
  }
  const played = foldSimulation(program, activities, fold, options)
  if (E.isLeft(played)) return played
  const { members } = played.right
  for (const [member, state] of members) countMember(counts, segmentOf(member), state)
  const received = counts.received.rows().map(({ key: [member, wallet], count }) => ({ member, wallet, points: count }))
  return E.right({ outcome: outcomeOf(counts), members, received })
}

const addOutcome = (counts: Counts, outcome: ProgramOutcome): void => {
  for (const { segment, members, refused } of outcome.members) {
    counts.members.add([segment], members)
    counts.refused.add([segment], refused)
  }
  for (const { segment, wallet, kind, points } of outcome.movements)
    counts.movements.add([segment, wallet, kind], points)
  for (const { segment, wallet, points } of outcome.balances) counts.balances.add([segment, wallet], points)
  for (const { segment, ladder, tier, members } of outcome.tiers) counts.tiers.add([segment, ladder, tier], members)
  for (const { cap, key, points } of outcome.budgets) counts.budgets.add([cap, key], points)
  tallyRewardsOutcome(counts.rewards, outcome)
  for (const { segment, challenge, level, given } of outcome.levels) {
    counts.levels.add([segment, challenge, level], given)
  }
}

/**
 * Merges outcomes of disjoint sets of members.
 *
 * @example
 * ```ts
 * import { outcomeMonoid } from 'treue'
 *
 * const north = { ...outcomeMonoid.empty, members: [{ segment: 'north', members: 2, refused: 0 }] }
 * outcomeMonoid.concat(north, north).members // => [{ segment: 'north', members: 4, refused: 0 }]
 * ```
 */
export const outcomeMonoid: Monoid<ProgramOutcome> = {
  empty: {
    members: [],
    movements: [],
    balances: [],
    tiers: [],
    budgets: [],
    rewards: [],
    vouchers: [],
    donations: [],
    levels: [],
  },
  concat: (first, second) => {
    const counts = startCounts()
    addOutcome(counts, first)
    addOutcome(counts, second)
    return outcomeOf(counts)
  },
}
