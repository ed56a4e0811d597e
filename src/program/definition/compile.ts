/** A program made ready to decide. */
import * as E from 'fp-ts/Either'
import { type CompiledEarning, compileEarning, type EarningRules } from '../../earning/index.ts'
import {
  addDuration,
  type Duration,
  type Fault,
  type Instant,
  type InvalidValue,
  invalidValue,
  type RuleId,
  underPath,
  utc,
  type WalletId,
  type Zone,
} from '../../foundation/index.ts'
import type { WalletDefinition } from '../../ledger/index.ts'
import type { ReferralScheme } from '../../referrals/index.ts'
import type { CompiledReward, RewardId } from '../../rewards/index.ts'
import type { Ladder } from '../../tiers/index.ts'
import { type CompiledChallenges, changedChallenges, compileChallenges } from './compile-challenges.ts'
import type { Program } from './program.ts'
import { compileRewards } from './program-reward.ts'
import type { ProgramStampCard } from './program-stamp-card.ts'
import { type CompiledVouchers, compileVouchers } from './program-voucher.ts'

/** What a return needs of the version of the program that granted. */
export interface CompiledVersion {
  readonly earning: CompiledEarning
  /** The rules and caps that it is compiled from. */
  readonly earningRules: EarningRules
  /** The ladders for which purchases counted. */
  readonly ladders: ReadonlyArray<Ladder>
  /** By which terms referrals were rewarded. */
  readonly referral: ReferralScheme | undefined
  /** The cards that were stamped. */
  readonly stampCards: ReadonlyArray<ProgramStampCard>
  /** What counted towards challenges. */
  readonly challenges: CompiledChallenges
}

/** A program ready to decide. Not data: compile it anew from the program. */
export interface CompiledProgram {
  readonly program: Program
  readonly zone: Zone
  /** The tables that were given, by id: members may live in other zones than the program's. */
  readonly zones: ReadonlyMap<string, Zone>
  readonly wallets: ReadonlyMap<WalletId, WalletDefinition>
  /** The cooldown of each rule that has one. */
  readonly cooldowns: ReadonlyMap<RuleId, Duration>
  /** The earliest instant for which anything that comes in at another one can still be counted. */
  readonly latest: (at: Instant) => Instant
  /** The catalogue, by the ids of its rewards. */
  readonly rewards: ReadonlyMap<RewardId, CompiledReward>
  /** The vouchers, ready to price baskets; `null`: there are none. */
  readonly vouchers: CompiledVouchers | null
  /** What this version is compiled to. */
  readonly current: CompiledVersion
  /** This version and the earlier ones, by which returns are counted. */
  readonly versions: ReadonlyMap<number, CompiledVersion>
}

/** What a program needs beside itself. */
export interface CompileOptions {
  /** The tables of the time zones that it may name; `UTC` is always known. Default: none. */
  readonly zones?: ReadonlyArray<Zone>
  /** Earlier versions by which purchases that can still be returned were granted. Default: none. */
  readonly earlier?: ReadonlyArray<Program>
}

/** The program of a version given twice, or of another program. */
export interface VersionConflict extends Fault<'VersionConflict'> {
  readonly version: number
}

/** Why a program cannot be made ready. */
export type CompileFault = InvalidValue | VersionConflict

const compileVersions = (
  programs: ReadonlyArray<Program>,
  faults: Array<CompileFault>,
): ReadonlyMap<number, CompiledVersion> => {
  const compiled = new Map<number, CompiledVersion>()
  programs.forEach((program, index) => {
    const { id, version, currency, wallets, earning, ladders, referral, stampCards = [] } = program
    if (compiled.has(version) || id !== programs[0]?.id) {
      const expected = 'each version of one program once'
      faults.push({ _tag: 'VersionConflict', path: ['earlier', index - 1], expected, version })
    } else {
      const compiledEarning = compileEarning(currency, wallets, earning)
      const challenges = compileChallenges(program)
      compiled.set(version, {
        earning: compiledEarning,
        earningRules: earning,
        ladders,
        referral,
        stampCards,
        challenges,
      })
    }
  })
  return compiled
}

/** What happened longer ago than the program takes anything late can no longer come in. */
const latestFor =
  ({ late }: Program, zone: Zone) =>
  (at: Instant): Instant =>
    late === undefined ? at : addDuration(zone, at, { amount: -late.within.amount, unit: late.within.unit })

/**
 * Makes a program ready to decide: its conditions become closures, its rates exact fractions, its zone a table.
 *
 * `InvalidValue`: the table of the program's zone was not given, or a challenge was something else in an earlier version. `VersionConflict`: a version was given twice, or is
 * another program's.
 *
 * @param program - a decoded program
 * @param options - zone tables, and earlier versions
 *
 * @example
 * ```ts
 * import { compileProgram, decodeProgram, unwrap } from 'treue'
 *
 * const program = unwrap(decodeProgram({
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'Europe/Berlin',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }))
 * const compiled = compileProgram(program)
 * compiled._tag === 'Left' ? compiled.left.map(({ path }) => path) : [] // => [['zone']]
 * ```
 */
export const compileProgram = (
  program: Program,
  options: CompileOptions = {},
): E.Either<ReadonlyArray<CompileFault>, CompiledProgram> => {
  const faults: Array<CompileFault> = []
  const zones = new Map([utc, ...(options.zones ?? [])].map((table) => [table.id, table]))
  const zone = zones.get(program.zone)
  if (zone === undefined) {
    faults.push(invalidValue(['zone'], program.zone, 'a zone whose table is among the zones given, or UTC'))
  }
  const { earlier = [] } = options
  const vouchers = program.vouchers === undefined ? E.right(null) : compileVouchers(program.currency, program.vouchers)
  if (E.isLeft(vouchers)) faults.push(...underPath(['vouchers'], vouchers.left))
  faults.push(...changedChallenges(program, earlier))
  const versions = compileVersions([program, ...earlier], faults)
  const current = versions.get(program.version)
  if (faults.length > 0 || zone === undefined || current === undefined || E.isLeft(vouchers)) return E.left(faults)
  const wallets = new Map(program.wallets.map((wallet) => [wallet.id, wallet]))
  const cooldowns = new Map(
    program.earning.rules.flatMap(({ id, cooldown }) => (cooldown === undefined ? [] : [[id, cooldown] as const])),
  )
  const rewards = compileRewards(program.rewards ?? [])
  const latest = latestFor(program, zone)
  const { right: plan } = vouchers
  return E.right({ program, zone, zones, wallets, cooldowns, latest, rewards, vouchers: plan, current, versions })
}
