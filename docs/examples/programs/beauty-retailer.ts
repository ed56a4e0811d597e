// A year of a beauty retailer: points, three tiers with their gifts, samples and other rewards, evenings, a challenge.
import type { Activity } from 'treue'
import type { Random } from '../shop/random.ts'
import { type Deed, day, line, newYear, yearOf } from './year.ts'

/** Orders, some of which come back after ten days. */
const ordersOf = (random: Random, member: string, joined: number): ReadonlyArray<Deed> => {
  const taste = random.whole(1, 12)
  return Array.from({ length: random.whole(1, 12) }, (): ReadonlyArray<Deed> => {
    const at = joined + random.whole(1, 250) * day
    const minor = random.whole(1000, 4000) * taste
    const id = `o${random.whole(0, 1e12)}`
    const lines = [line(minor, random.pick(['skin care', 'make-up', 'scent']))]
    const back = { type: 'return', member, at: at + 10 * day, purchase: id, id: `r${id}`, lines: [{ line: '1' }] }
    return [{ type: 'purchase', member, at, id, lines }, ...(random.happens(0.1) ? [back] : [])]
  }).flat()
}

export const beautyRetailerYear = (): ReadonlyArray<Activity> =>
  yearOf(2, 60, (random, member) => {
    const joined = newYear + random.whole(0, 90) * day
    const reviews = Array.from(
      { length: random.whole(0, 8) },
      (): Deed => ({
        type: 'action',
        name: 'review',
        member,
        at: joined + random.whole(1, 250) * day + 3_600_000,
      }),
    )
    const takes = (days: number, reward: string): Deed => ({
      type: 'rewardRedeemed',
      member,
      at: joined + days * day,
      reward,
      issue: true,
    })
    return [
      { type: 'enrolment', member, at: joined },
      ...ordersOf(random, member, joined),
      ...reviews,
      takes(260, 'sample of the month'),
      { type: 'action', name: 'event', member, at: joined + 261 * day },
      takes(262, 'ticket for an evening'),
      takes(263, 'ten euros off'),
      takes(263, 'serum'),
      {
        type: 'purchase',
        member,
        at: joined + 264 * day,
        lines: [line(5000, 'scent')],
        vouchers: [{ voucher: 'a tenth off' }, { voucher: 'gift set' }, { voucher: 'ten euros off' }],
      },
    ]
  })
