/** A loyalty program as data. */
import * as E from 'fp-ts/Either'
import { type EarningRules, earningFaults, earningRulesCodec, OccasionPolicy } from '../../earning/index.ts'
import {
  arrayCodec,
  type Codec,
  Currency,
  Duration,
  decode,
  dictionaryCodec,
  ExchangeRate,
  type InvalidValue,
  integerCodec,
  invalidValue,
  literalCodec,
  ownValue,
  ProgramId,
  RoundingMode,
  stringCodec,
  structCodec,
  underPath,
  unknownCodec,
  type WalletId,
} from '../../foundation/index.ts'
import { ConversionRate, WalletDefinition } from '../../ledger/index.ts'
import { ReferralScheme } from '../../referrals/index.ts'
import { type Reward, rewardCodec } from '../../rewards/index.ts'
import { Ladder, ladderFaults } from '../../tiers/index.ts'
import { type AutomaticRedemption, automaticFaults, automaticRedemptions } from './automatic-redemption.ts'
import { CHALLENGE_REACHED, challengeLoopFaults } from './challenge-loops.ts'
import { challengeVocabulary } from './challenge-vocabulary.ts'
import { campaignFaults, ProgramCampaign } from './program-campaign.ts'
import { type ProgramChallenges, programChallengeFaults, programChallengesCodec } from './program-challenges.ts'
import { rewardFaults, rewardVocabulary } from './program-reward.ts'
import { ProgramStampCard, stampCardFaults } from './program-stamp-card.ts'
import { type VoucherScheme, voucherFaults, voucherSchemeCodec } from './program-voucher.ts'
import { referralFaults } from './referral-faults.ts'
import { withSchemaKey } from './schema-key.ts'
import { walletFaults } from './wallet-faults.ts'

/** A loyalty program. */
export interface Program {
  readonly id: ProgramId
  /** Raised with every change: a return is counted by the version that granted. */
  readonly version: number
  /** The one currency of its amounts. */
  readonly currency: Currency
  /** The id of the time zone of its calendar, such as `Europe/Berlin`; its table is given when compiling. */
  readonly zone: string
  /** How long purchases can be returned; the end itself is too late. */
  readonly returnWindow: Duration
  readonly wallets: ReadonlyArray<WalletDefinition>
  readonly earning: EarningRules
  readonly ladders: ReadonlyArray<Ladder>
  readonly referral?: ReferralScheme
  /** Cards that purchases stamp. Default: none. */
  readonly stampCards?: ReadonlyArray<ProgramStampCard>
  /** What members can reach beside points and tiers. Default: nothing. */
  readonly challenges?: ProgramChallenges
  /** What members can have for points. Default: nothing. */
  readonly rewards?: ReadonlyArray<Reward>
  /** What members can enter with a purchase, and how it stacks. Default: nothing. */
  readonly vouchers?: VoucherScheme
  /** Campaigns for a charity that members give to. Default: none. */
  readonly campaigns?: ReadonlyArray<ProgramCampaign>
  /** Points that become a reward by themselves. Default: none do. */
  readonly automaticRedemptions?: ReadonlyArray<AutomaticRedemption>
  /** How members join: by an enrolment, the default, or by the first points that they earn or can spend (S67). */
  readonly enrolment?: 'explicit' | 'firstEarned' | 'firstActivated'
  /** What comes in later than it happened. Default: nothing does. */
  readonly late?: LatePolicy
  /** How birthdays and anniversaries are counted. Default: as {@link OccasionPolicy} says. */
  readonly occasions?: OccasionPolicy
  /** What points of wallets and partners are worth in one another. Default: nothing can be converted. */
  readonly conversions?: ReadonlyArray<ConversionRate>
  /** What amounts in other currencies are in the program's. Default: there are no such amounts. */
  readonly exchange?: ExchangePolicy
}

/** How amounts of purchases are exchanged into the program's currency. */
export interface ExchangePolicy {
  /** To the program's currency; the one that was valid when the purchase was made counts. */
  readonly rates: ReadonlyArray<ExchangeRate>
  /** How the sum of the lines of a currency is rounded, once. Default `halfUp`. */
  readonly rounding?: RoundingMode
}

const exchange: Codec<ExchangePolicy, unknown> = /* @__PURE__ */ structCodec(
  'ExchangePolicy',
  { rates: /* @__PURE__ */ arrayCodec(ExchangeRate, { maxLength: 100_000 }) },
  { rounding: RoundingMode },
)

/** How late purchases and actions can come in, and by which of their two dates they are counted (S37). */
export interface LatePolicy {
  readonly within: Duration
  readonly countedBy: 'activityDate' | 'postingDate'
  /** Whether what happened before a member joined is credited afterwards. Default `reject`. */
  readonly beforeEnrolment?: 'accept' | 'reject'
}

const late: Codec<LatePolicy, unknown> = /* @__PURE__ */ structCodec(
  'LatePolicy',
  { within: Duration, countedBy: /* @__PURE__ */ literalCodec('activityDate', 'postingDate') },
  { beforeEnrolment: /* @__PURE__ */ literalCodec('accept', 'reject') },
)

/**
 * The codec of programs in a currency: the form alone; {@link decodeProgram} also checks that its parts fit together. A
 * `$schema` key, by which editors find the schema, is taken and dropped.
 *
 * @param currency - the currency in which its conditions and awards are written
 *
 * @example
 * ```ts
 * import { type Currency, programCodec } from 'treue'
 *
 * programCodec('EUR' as Currency).name // => 'Program'
 * ```
 */
export const programCodec = (currency: Currency): Codec<Program, unknown> => {
  const required = {
    id: ProgramId,
    version: integerCodec({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    currency: Currency,
    zone: stringCodec,
    returnWindow: Duration,
    wallets: arrayCodec(WalletDefinition, { minLength: 1, maxLength: 100 }),
    earning: earningRulesCodec(currency),
    ladders: arrayCodec(Ladder, { maxLength: 100 }),
  }
  const optional = {
    referral: ReferralScheme,
    stampCards: arrayCodec(ProgramStampCard, { maxLength: 100 }),
    challenges: programChallengesCodec(currency),
    rewards: arrayCodec(rewardCodec(rewardVocabulary()), { maxLength: 10_000 }),
    vouchers: voucherSchemeCodec(currency),
    campaigns: arrayCodec(ProgramCampaign, { maxLength: 1000 }),
    automaticRedemptions,
    enrolment: literalCodec('explicit', 'firstEarned', 'firstActivated'),
    late,
    occasions: OccasionPolicy,
    conversions: arrayCodec(ConversionRate, { maxLength: 10_000 }),
    exchange,
  }
  return withSchemaKey<Program>(
    structCodec('Program', required, optional),
    structCodec('Program', required, { ...optional, $schema: stringCodec }),
  )
}

type Path = InvalidValue['path']

const repeated = (path: Path, ids: ReadonlyArray<string>): ReadonlyArray<InvalidValue> => {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [invalidValue([...path, index, 'id'], id, 'an id that comes only once')]
  })
}

/** Metrics of wallets and actions that the program does not have. */
const metricFaults = (
  program: Program,
  ladder: Ladder,
  path: Path,
  wallet: WalletCheck,
): ReadonlyArray<InvalidValue> => {
  const actions = (program.earning.actions ?? []).map(({ name }) => name)
  return ladder.metrics.flatMap((metric, index) => {
    if (metric.of === 'points' || metric.of === 'balance')
      return wallet([...path, 'metrics', index, 'wallet'], metric.wallet)
    const action = metric.of === 'action' || metric.of === 'activeMonths' ? metric.action : undefined
    if (action === undefined || actions.includes(action)) return []
    const expected = `an action of the program: ${actions.join(', ')}`
    return [invalidValue([...path, 'metrics', index, 'action'], action, expected)]
  })
}

/** A rate to another currency would never be used. */
const exchangeFaults = ({ currency, exchange: policy }: Program): ReadonlyArray<InvalidValue> =>
  (policy?.rates ?? []).flatMap(({ to }, index) =>
    to === currency
      ? []
      : [invalidValue(['exchange', 'rates', index, 'to'], to, `${currency}, the program's currency`)],
  )

const loopFaults = (program: Program): ReadonlyArray<InvalidValue> => {
  const vocabulary = challengeVocabulary(program, CHALLENGE_REACHED)
  const { goals = [] } = program.challenges ?? {}
  return vocabulary === undefined ? [] : underPath(['challenges', 'goals'], challengeLoopFaults(goals, vocabulary))
}

type WalletCheck = (path: Path, id: WalletId) => ReadonlyArray<InvalidValue>

/** What a codec of the form alone cannot see. */
const programFaults = (program: Program): ReadonlyArray<InvalidValue> => {
  const known = new Set(program.wallets.map(({ id }) => id))
  const wallet: WalletCheck = (path, id) =>
    known.has(id) ? [] : [invalidValue(path, id, `a wallet of the program: ${[...known].join(', ')}`)]
  return [
    ...repeated(
      ['wallets'],
      program.wallets.map(({ id }) => id),
    ),
    ...underPath(['wallets'], walletFaults(program.wallets, program.ladders)),
    ...repeated(
      ['earning', 'rules'],
      program.earning.rules.map(({ id }) => id),
    ),
    ...repeated(
      ['ladders'],
      program.ladders.map(({ id }) => id),
    ),
    ...program.earning.rules.flatMap((rule, index) => wallet(['earning', 'rules', index, 'wallet'], rule.wallet)),
    ...underPath(['earning'], earningFaults(program.wallets, program.earning)),
    ...program.ladders.flatMap((ladder, index) => [
      ...metricFaults(program, ladder, ['ladders', index], wallet),
      ...underPath(['ladders', index], ladderFaults(ladder)),
    ]),
    ...referralFaults(program, program.referral),
    ...underPath(['stampCards'], stampCardFaults(program.stampCards ?? [])),
    ...underPath(['challenges'], programChallengeFaults(program)),
    ...loopFaults(program),
    ...underPath(['rewards'], rewardFaults(program.rewards ?? [], program.currency, wallet)),
    ...underPath(['automaticRedemptions'], automaticFaults(program.automaticRedemptions ?? [], program.rewards ?? [])),
    ...underPath(['campaigns'], campaignFaults(program.campaigns ?? [], program.currency, wallet)),
    ...underPath(['vouchers'], voucherFaults(program.vouchers, program)),
    ...exchangeFaults(program),
  ]
}

/** The currency that a program names: the codecs of its parts depend on it. A wrong one is reported with the rest. */
const currencyOf = (json: unknown): Currency => {
  const parts = decode(dictionaryCodec(unknownCodec), json)
  const currency = E.isRight(parts) ? ownValue(parts.right, 'currency') : undefined
  return Currency.is(currency) ? currency : ('EUR' as Currency)
}

/**
 * Reads a program from JSON, or reports every problem with its path.
 *
 * `InvalidValue`: a part is missing, unknown or of the wrong form; rates have no common denominator ({@link earningFaults}); a rule, ladder or referral names a wallet or a currency
 * that the program does not have; an id comes twice; a ladder has {@link ladderFaults}.
 *
 * @param json - parsed JSON
 *
 * @example
 * ```ts
 * import { decodeProgram } from 'treue'
 *
 * const program = {
 *   id: 'shop',
 *   version: 1,
 *   currency: 'EUR',
 *   zone: 'UTC',
 *   returnWindow: { amount: 30, unit: 'day' },
 *   wallets: [{ id: 'points', decimals: 0, pending: null, expiry: null }],
 *   earning: { rounding: { mode: 'floor', on: 'order' }, rules: [] },
 *   ladders: [],
 * }
 * decodeProgram(program)._tag // => 'Right'
 * const bad = decodeProgram({ ...program, version: 0, currency: 'EURO' })
 * bad._tag === 'Left' ? bad.left.map(({ path }) => path.join('.')) : [] // => ['version', 'currency']
 * ```
 */
export const decodeProgram = (json: unknown): E.Either<ReadonlyArray<InvalidValue>, Program> => {
  const program = decode(programCodec(currencyOf(json)), json)
  if (E.isLeft(program)) return program
  const faults = programFaults(program.right)
  return faults.length > 0 ? E.left(faults) : program
}
