// A year of a subscription: credits of the plan, tiers by tenure and by what is paid, free months, referrals of both sides.
import type { Activity } from 'treue'
import type { Random } from '../shop/random.ts'
import { type Deed, day, line, newYear, yearOf } from './year.ts'

const end = newYear + 365 * day

const paymentsOf = (random: Random, member: string, joined: number): ReadonlyArray<Deed> => {
  const isYearly = random.happens(0.3)
  const pays = (month: number): Deed => ({
    type: 'purchase',
    member,
    at: joined + month * 30 * day,
    lines: [line(isYearly ? 9900 : 1200, 'plan')],
    attributes: { plan: isYearly ? 'yearly' : 'monthly' },
  })
  const stays = random.whole(1, 10)
  return isYearly ? [pays(0)] : Array.from({ length: stays }, (_, month) => pays(month))
}

export const subscriptionYear = (): ReadonlyArray<Activity> =>
  yearOf(3, 50, (random, member) => {
    const joined = newYear + random.whole(0, 200) * day
    // The first ten are there from the start, and bring many of the others.
    const index = Number(member.slice(1))
    const isBrought = index >= 10 && random.happens(0.6)
    const touch = {
      type: 'referralTouched',
      member,
      at: joined - day,
      referrer: { member: `m${random.whole(0, 9)}`, enrolledAt: new Date(newYear).toISOString(), by: 'link' },
    }
    const payments = paymentsOf(random, member, joined).filter(({ at }) => at < end)
    const last = payments[payments.length - 1]?.at ?? joined
    return [
      ...(isBrought ? [touch] : []),
      { type: 'enrolment', member, at: index < 10 ? newYear : joined },
      ...payments,
      ...[1, 2].map((days) => ({ type: 'action', name: 'onboarding', member, at: joined + days * day })),
      { type: 'rewardRedeemed', member, at: last + 20 * day, reward: 'a month for credits', issue: true },
      {
        type: 'purchase',
        member,
        at: last + 30 * day,
        lines: [line(1200, 'plan')],
        attributes: { plan: 'monthly' },
        vouchers: [{ voucher: 'a month free' }],
      },
    ].filter(({ at }) => at < end)
  })
