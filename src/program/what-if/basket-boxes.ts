/** The cheapest mix of amounts of several classes of items, by branch and bound. */
import { cheapestFirst } from './cheapest-first.ts'

/** The amounts that items of a class add up to, 0 first, each with the fewest items. */
export interface ClassAmounts {
  readonly amounts: ReadonlyArray<number>
  readonly fewest: ReadonlyArray<number>
  readonly highestPrice: number
}

/** An amount of each class. */
export interface Mix {
  readonly total: number
  readonly amounts: ReadonlyArray<number>
}

/** All mixes from one to another; places in the lists of amounts. */
interface Box {
  readonly low: ReadonlyArray<number>
  readonly high: ReadonlyArray<number>
}

/** What is looked for. */
export interface MixQuestion {
  readonly classes: ReadonlyArray<ClassAmounts>
  /** Whether a mix is enough; where it is, all that have no less of any class are. */
  readonly isEnough: (amounts: ReadonlyArray<number>) => boolean
  readonly mostItems: number
  /** No mix that costs less is enough. */
  readonly least: number
  /** One that is known; `null`: none is. */
  readonly known: Mix | null
  readonly mostTries: number
}

const sumOf = (numbers: ReadonlyArray<number>): number => numbers.reduce((sum, one) => sum + one, 0)

/** Two halves of a box, at the class whose amounts are the furthest apart. */
const halvesOf = (
  { low, high }: Box,
  amountsAt: (places: ReadonlyArray<number>) => ReadonlyArray<number>,
): ReadonlyArray<Box> => {
  const [from, until] = [amountsAt(low), amountsAt(high)]
  const widths = until.map((amount, index) => amount - (from[index] ?? 0))
  const widest = widths.indexOf(Math.max(...widths))
  const middle = Math.floor(((low[widest] ?? 0) + (high[widest] ?? 0)) / 2)
  const lower = { low, high: high.map((place, index) => (index === widest ? middle : place)) }
  const upper = { low: low.map((place, index) => (index === widest ? middle + 1 : place)), high }
  return [upper, lower]
}

const startMixes = (question: MixQuestion) => {
  const { classes, mostItems, least, mostTries } = question
  let best = question.known
  let tries = 0
  const queue = cheapestFirst<Box>()
  const amountsAt = (places: ReadonlyArray<number>): ReadonlyArray<number> =>
    classes.map(({ amounts }, index) => amounts[places[index] ?? 0] ?? 0)
  const itemsAt = (places: ReadonlyArray<number>): number =>
    sumOf(classes.map(({ fewest }, index) => fewest[places[index] ?? 0] ?? 0))
  const isEnough = (places: ReadonlyArray<number>): boolean => {
    tries += 1
    return question.isEnough(amountsAt(places))
  }
  const itemsFrom = (places: ReadonlyArray<number>): number =>
    sumOf(amountsAt(places).map((amount, index) => Math.ceil(amount / (classes[index]?.highestPrice ?? 1))))
  const isCheaper = (total: number): boolean => best === null || total < best.total
  const add = (box: Box): void => {
    const total = Math.max(least, sumOf(amountsAt(box.low)))
    const mayBe = isCheaper(total) && sumOf(amountsAt(box.high)) >= least && itemsFrom(box.low) <= mostItems
    if (mayBe && isEnough(box.high)) queue.add(total, box)
  }
  /** Whether the cheapest mix of a box is enough, and so the best of it. */
  const isSettled = ({ low, high }: Box): boolean => {
    const isPoint = low.every((place, index) => place === high[index])
    if (itemsAt(low) > mostItems) return isPoint
    if (!(isPoint || isEnough(low))) return false
    const amounts = amountsAt(low)
    const total = sumOf(amounts)
    if (isCheaper(total)) best = { total, amounts }
    return true
  }
  add({ low: classes.map(() => 0), high: classes.map(({ amounts }) => amounts.length - 1) })
  const look = (box: Box): void => {
    tries += 1
    if (!isSettled(box)) for (const half of halvesOf(box, amountsAt)) add(half)
  }
  const step = (): Mix | 'none' | 'tooMany' | 'more' => {
    if (tries > mostTries) return 'tooMany'
    const next = queue.next()
    if (next === undefined || !isCheaper(next.total)) return best ?? 'none'
    look(next.one)
    return 'more'
  }
  return { step }
}

/** The cheapest mix that is enough. */
export const cheapestMix = (question: MixQuestion): Mix | 'none' | 'tooMany' => {
  const { step } = startMixes(question)
  for (;;) {
    const found = step()
    if (found !== 'more') return found
  }
}
