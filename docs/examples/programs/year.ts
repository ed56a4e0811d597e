// A year of members, made of deeds in any order: activities in order of time, each with an id of its own.
import { Activity, decode, unwrap } from 'treue'
import { type Random, seededRandom } from '../shop/random.ts'

export const day = 86_400_000
/** The first instant of the year. */
export const newYear = 1_767_225_600_000

/** An activity whose time is a number, and whose id need not be said. */
export interface Deed {
  readonly at: number
  readonly [key: string]: unknown
}

export const historyOf = (deeds: ReadonlyArray<Deed>): ReadonlyArray<Activity> =>
  [...deeds]
    .sort((a, b) => a.at - b.at)
    .map((deed, index) =>
      unwrap(decode(Activity, { ...deed, id: deed['id'] ?? `a${index}`, at: new Date(deed.at).toISOString() })),
    )

const amount = (minor: number): object => ({
  amount: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
  currency: 'EUR',
})

/** The line of a purchase. */
export const line = (minor: number, category: string, more: object = {}): object => ({
  id: '1',
  amount: amount(minor),
  categories: [category],
  ...more,
})

/** What so many members do in the year; the same for the same seed. */
export const yearOf = (
  seed: number,
  members: number,
  deedsOf: (random: Random, member: string) => ReadonlyArray<Deed>,
): ReadonlyArray<Activity> => {
  const random = seededRandom(seed)
  return historyOf(Array.from({ length: members }, (_, index) => deedsOf(random, `m${index}`)).flat())
}
