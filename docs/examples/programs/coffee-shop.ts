// A year of a coffee shop: a stamp a drink, the tenth is free, a drink for the birthday, beans for one's own cup.
import type { Activity } from 'treue'
import { type Deed, day, line, newYear, yearOf } from './year.ts'

/** Members use the reward of a card soon after the drink that should have filled it; some of them ask in vain. */
const coffeeDeeds = (drinks: ReadonlyArray<Deed & { readonly drinks: number }>): ReadonlyArray<Deed> => {
  let bought = 0
  return drinks.flatMap(({ drinks: count, ...deed }): ReadonlyArray<Deed> => {
    const cards = Math.floor(bought / 9)
    bought += count
    const number = Math.floor(bought / 9)
    if (number === cards) return [deed]
    const use = {
      type: 'stampRewardUse',
      member: deed['member'],
      at: deed.at + 3 * day,
      card: 'drinks',
      number,
      position: 9,
    }
    return [deed, use]
  })
}

export const coffeeShopYear = (): ReadonlyArray<Activity> =>
  yearOf(1, 40, (random, member) => {
    const joined = newYear + random.whole(0, 60) * day
    const born = { month: random.whole(1, 12), day: random.whole(1, 28) }
    const visits = Array.from({ length: random.whole(0, 90) }, () => {
      const drinks = random.whole(1, 4)
      return {
        type: 'purchase',
        member,
        at: joined + random.whole(1, 300 * 24) * 3_600_000,
        lines: [line(320 * drinks, 'drink', { quantity: drinks })],
        attributes: random.happens(0.2) ? { ownCup: true } : {},
        drinks,
      }
    }).sort((a, b) => a.at - b.at)
    const takes = (at: number, reward: string): Deed => ({ type: 'rewardRedeemed', member, at, reward, issue: true })
    const birthday = Date.UTC(2026, born.month - 1, born.day, 11)
    return [
      { type: 'enrolment', member, at: joined, birthDate: born },
      ...coffeeDeeds(visits),
      ...(birthday > joined ? [takes(birthday, 'birthday drink'), takes(birthday + day, 'birthday drink')] : []),
      takes(joined + 200 * day, 'oat milk or syrup'),
    ]
  })
