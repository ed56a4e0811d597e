/** What a program is held against that it does not say itself. */
import type { TierId, WalletId } from '../../foundation/index.ts'
import type { ReferralProportion } from '../../referrals/index.ts'
import type { RewardId } from '../../rewards/index.ts'
import type { FindingCode, LegalProfileId } from './lint-finding.ts'

/** What points are worth, and what a purchase leaves. */
export interface ProgramEconomics {
  /** The share of a purchase that is left when goods and their handling are paid. */
  readonly margin: ReferralProportion
  /** What points cost: minor units (numerator) for smallest units of the wallet (denominator). */
  readonly pointCost: (wallet: WalletId) => ReferralProportion
  /** What a voucher of a referral costs, in minor units. Default: nothing. */
  readonly voucherMinor?: (voucher: string) => number
  /** What a reward of the catalogue costs, in minor units. Default: rewards are held against no purchase. */
  readonly rewardMinor?: (reward: RewardId) => number
}

/** A set of rules of one law, as far as a program can show it. It is no legal advice (S65). */
export interface LegalProfile {
  readonly id: LegalProfileId
  /**
   * Wallets that the law leaves out: cards for one kind of goods, rewards of little value. Under `ontario`, wallets that no
   * purchase earns in are left out anyway.
   */
  readonly exempt?: ReadonlyArray<WalletId>
}

/** Findings that are meant so: of a kind, everywhere or at one place. */
export interface AcceptedFinding {
  readonly code: FindingCode
  /** The whole path of the finding, as it says it. Default: wherever it is. */
  readonly path?: ReadonlyArray<string | number>
}

/** What a program is held against. */
export interface LintOptions {
  /** Default: what points are worth is not known, and nothing is said of margins. */
  readonly economics?: ProgramEconomics
  /** Wallets whose points can be spent. Default: all. */
  readonly spendable?: ReadonlyArray<WalletId>
  /** Tiers that are sold or given. Default: none. */
  readonly given?: ReadonlyArray<TierId>
  /** Default: none. */
  readonly legal?: ReadonlyArray<LegalProfile>
  /** Findings that are left out; an entry that nothing is found of is itself a finding. Default: none. */
  readonly accept?: ReadonlyArray<AcceptedFinding>
}
