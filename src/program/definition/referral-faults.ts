/** What a referral scheme names that the program does not have. */
import type { EarningRules } from '../../earning/index.ts'
import { type Currency, type InvalidValue, invalidValue } from '../../foundation/index.ts'
import type { WalletDefinition } from '../../ledger/index.ts'
import type { ReferralCap, ReferralRewardKind, ReferralScheme } from '../../referrals/index.ts'
import type { Ladder } from '../../tiers/index.ts'

type Path = InvalidValue['path']

/** What a program has beside its referral scheme. */
interface Surroundings {
  readonly currency: Currency
  readonly wallets: ReadonlyArray<WalletDefinition>
  readonly ladders: ReadonlyArray<Ladder>
  readonly earning: EarningRules
}

const currencyFaults = (program: Surroundings, path: Path, found: Currency): ReadonlyArray<InvalidValue> =>
  found === program.currency ? [] : [invalidValue(path, found, `${program.currency}, the program's currency`)]

const kindFaults = (program: Surroundings, path: Path, kind: ReferralRewardKind): ReadonlyArray<InvalidValue> => {
  switch (kind.type) {
    case 'points': {
      const known = program.wallets.map(({ id }) => id)
      if (known.includes(kind.wallet)) return []
      return [invalidValue([...path, 'wallet'], kind.wallet, `a wallet of the program: ${known.join(', ')}`)]
    }
    case 'tierCredit': {
      const ladder = program.ladders.find(({ id }) => id === kind.ladder)
      const known = program.ladders.map(({ id }) => id).join(', ')
      if (ladder === undefined) {
        return [invalidValue([...path, 'ladder'], kind.ladder, `a ladder of the program: ${known}`)]
      }
      const metrics = ladder.metrics.filter(({ of }) => of !== 'balance' && of !== 'activeMonths').map(({ id }) => id)
      if (metrics.includes(kind.metric)) return []
      return [
        invalidValue([...path, 'metric'], kind.metric, `a metric of the ladder that counts: ${metrics.join(', ')}`),
      ]
    }
    case 'money':
    case 'donation':
      return currencyFaults(program, [...path, 'currency'], kind.currency)
    case 'voucher':
      return []
  }
}

/** All kinds of rewards of a scheme, and where they are. */
const kindsOf = ({ terms, revenueShare }: ReferralScheme): ReadonlyArray<readonly [Path, ReferralRewardKind]> => {
  const { referrer, referee, milestones } = terms
  return [
    [['terms', 'referrer', 'kind'], referrer.kind],
    ...(referee === null ? [] : [[['terms', 'referee', 'reward', 'kind'], referee.reward.kind] as const]),
    ...milestones.map(({ kind }, index) => [['terms', 'milestones', index, 'kind'], kind] as const),
    ...(revenueShare === undefined ? [] : [[['revenueShare', 'kind'], revenueShare.kind] as const]),
  ]
}

/** A budget is counted under its id, so no two may have one. */
const capFaults = (program: Surroundings, caps: ReadonlyArray<ReferralCap>): ReadonlyArray<InvalidValue> => {
  const known = new Set((program.earning.caps ?? []).map(({ id }) => id))
  return caps.flatMap(({ id }, index) =>
    known.has(id)
      ? [invalidValue(['referral', 'terms', 'caps', index, 'id'], id, 'an id that no cap of the earning rules has')]
      : [],
  )
}

/** What a codec of the form alone cannot see. */
export const referralFaults = (
  program: Surroundings,
  referral: ReferralScheme | undefined,
): ReadonlyArray<InvalidValue> => {
  if (referral === undefined) return []
  const { eligibility, referee, caps } = referral.terms
  const minimum = ['referral', 'terms', 'eligibility', 'minimumSpend', 'currency']
  const amount = referee?.reward.amount.type
  return [
    ...currencyFaults(program, minimum, eligibility.minimumSpend.currency),
    ...kindsOf(referral).flatMap(([path, kind]) => kindFaults(program, ['referral', ...path], kind)),
    ...(amount === 'byCount'
      ? [
          invalidValue(
            ['referral', 'terms', 'referee', 'reward', 'amount', 'type'],
            amount,
            'fixed or share: a referee does not know how many others the referrer brought',
          ),
        ]
      : []),
    ...capFaults(program, caps),
  ]
}
