/** What caps let through of what rules add up to. */
import * as E from 'fp-ts/Either'
import {
  allocate,
  type CampaignId,
  type CapId,
  type ExactInteger,
  exactProduct,
  exactQuotient,
  exactSum,
  type RuleId,
} from '../foundation/index.ts'
import type { Cap } from './cap.ts'
import type { CapRoom } from './earning-context.ts'

/** What one rule adds: raw points over the wallet's denominator. */
export interface CapComponent {
  readonly rule: RuleId
  readonly campaign: CampaignId | null
  readonly kind: 'regular' | 'promotional'
  readonly raw: ExactInteger
}

/** What a cap did. */
export interface CapStep {
  readonly cap: CapId
  readonly onExceed: Cap['onExceed']
  /** What it still let through, in the wallet's smallest unit, or times. */
  readonly room: number
  /** Raw points that it counted, over the wallet's denominator; a decimal integer of any length, like the next two. */
  readonly desired: string
  /** What of them it let through. */
  readonly granted: string
  /** What of these the caps after it left: that much is to be claimed of it. */
  readonly kept: string
}

/** What waits for the next window of a cap. */
export interface CapDeferral {
  readonly cap: CapId
  /** Raw points of each component. */
  readonly raw: ReadonlyArray<ExactInteger>
}

/** What caps let through. */
export interface CapCut {
  /** Raw points of each component, in their order. */
  readonly granted: ReadonlyArray<ExactInteger>
  readonly deferred: ReadonlyArray<CapDeferral>
  /** Each cap that counted something, in the order of the program. */
  readonly steps: ReadonlyArray<CapStep>
}

type Raw = ReadonlyArray<ExactInteger>

const exact = (value: ExactInteger): ExactInteger => (typeof value === 'bigint' ? exactQuotient(value, 1) : value)
const total = (raw: Raw): ExactInteger => exact(raw.reduce<ExactInteger>(exactSum, 0))
const minus = (a: ExactInteger, b: ExactInteger): ExactInteger => exact(exactSum(a, exactProduct(-1, b)))
const smaller = (a: ExactInteger, b: ExactInteger): ExactInteger => (a < b ? a : b)

/** Which components a cap counts; what takes points away is not capped. */
const countedBy = ({ of = {} }: Cap, components: ReadonlyArray<CapComponent>, granted: Raw): ReadonlyArray<number> => {
  const rules = of.rules === undefined ? null : new Set(of.rules)
  const campaigns = of.campaigns === undefined ? null : new Set<CampaignId | null>(of.campaigns)
  const places: Array<number> = []
  components.forEach(({ rule, campaign, kind }, index) => {
    const isMeant = (rules === null || rules.has(rule)) && (campaigns === null || campaigns.has(campaign))
    if (isMeant && (of.kind ?? kind) === kind && (granted[index] ?? 0) > 0) places.push(index)
  })
  return places
}

/** Lets raw points through in an order until the room is used up. */
const inOrder = (raw: Raw, order: ReadonlyArray<number>, room: ExactInteger): Raw => {
  const through: Array<ExactInteger> = raw.map(() => 0)
  let left = room
  for (const index of order) {
    const share = smaller(raw[index] ?? 0, left)
    through[index] = share
    left = minus(left, share)
  }
  return through
}

/** In proportion by largest remainder, in fractions of a point: a share is never more than there was. */
const inFractions = (raw: Raw, room: ExactInteger): Raw => {
  const sum = BigInt(total(raw))
  const products = raw.map((weight) => BigInt(weight) * BigInt(room))
  const order = products.map((product, index) => ({ remainder: product % sum, index }))
  order.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const shares = products.map((product) => product / sum)
  const left = BigInt(room) - shares.reduce((all, share) => all + share, 0n)
  const raised = new Set(order.slice(0, Number(left)).map(({ index }) => index))
  return shares.map((share, index) => exact(raised.has(index) ? share + 1n : share))
}

/** In proportion to what each adds, by largest remainder: in whole points, unless one would get more than it adds (S11). */
const inProportion = (raw: Raw, room: number, denominator: ExactInteger): Raw => {
  const shares = allocate(room, raw)
  const whole = E.isLeft(shares) ? raw : shares.right.map((share) => exact(exactProduct(share, denominator)))
  const fits = E.isRight(shares) && whole.every((share, index) => share <= (raw[index] ?? 0))
  return fits ? whole : inFractions(raw, exactProduct(room, denominator))
}

/** Among those of one kind the later rules are cut first. */
const inOrderOfKind = (raw: Raw, kinds: ReadonlyArray<CapComponent['kind']>, last: string, room: ExactInteger): Raw => {
  const places = raw.map((_, index) => index)
  const order = [...places.filter((index) => kinds[index] !== last), ...places.filter((index) => kinds[index] === last)]
  return inOrder(raw, order, room)
}

/** What one cap lets through of what it counts. */
const letThrough = (
  { counts, onExceed, cut = 'promotionalFirst' }: Cap,
  raw: Raw,
  kinds: ReadonlyArray<CapComponent['kind']>,
  room: number,
  denominator: ExactInteger,
): Raw => {
  const limit = exact(exactProduct(room, denominator))
  const fits = counts === 'times' ? room >= 1 : total(raw) <= limit
  if (fits) return raw
  if (counts === 'times' || onExceed === 'reject') return raw.map(() => 0)
  if (cut === 'proportional') return inProportion(raw, room, denominator)
  return inOrderOfKind(raw, kinds, cut === 'promotionalFirst' ? 'promotional' : 'regular', limit)
}

/** What one cap did, and to which components. */
interface Applied {
  readonly cap: Cap
  readonly places: ReadonlyArray<number>
  readonly room: number
  readonly desired: Raw
  readonly through: Raw
}

const sumAt = (raw: Raw, places: ReadonlyArray<number>): ExactInteger => total(places.map((place) => raw[place] ?? 0))

const stepOf = ({ cap, places, room, desired, through }: Applied, granted: Raw): CapStep => ({
  cap: cap.id,
  onExceed: cap.onExceed,
  room,
  desired: String(total(desired)),
  granted: String(total(through)),
  kept: String(sumAt(granted, places)),
})

const deferralOf = ({ cap, places, desired, through }: Applied, count: number): CapDeferral => {
  const raw: Array<ExactInteger> = new Array<ExactInteger>(count).fill(0)
  places.forEach((place, index) => {
    raw[place] = minus(desired[index] ?? 0, through[index] ?? 0)
  })
  return { cap: cap.id, raw }
}

/**
 * What caps let through of what the rules of one wallet add up to, one cap after the other: of what exceeds the room of a
 * cap, as much as fits, or nothing, or as much as fits with the rest for the next window (S10, S11, S13). What takes
 * points away is not capped.
 *
 * @param caps - the caps of the wallet, in the order of the program
 * @param rooms - what each cap with a window still lets through; one that is not there is unlimited
 * @param components - what each rule adds
 * @param denominator - what raw points are over; a positive integer
 *
 * @example
 * ```ts
 * import { applyCaps, type Cap, type CapComponent } from 'treue'
 *
 * const cap = { id: 'order', window: { type: 'activity' }, limit: 500, counts: 'points', onExceed: 'truncate' } as Cap
 * const components = [
 *   { rule: 'base', campaign: null, kind: 'regular', raw: 400 },
 *   { rule: 'promotion', campaign: null, kind: 'promotional', raw: 300 },
 * ] as unknown as CapComponent[]
 * applyCaps([cap], [], components, 1).granted // => [400, 100]
 * applyCaps([{ ...cap, cut: 'regularFirst' }], [], components, 1).granted // => [200, 300]
 * applyCaps([{ ...cap, cut: 'proportional' }], [], components, 1).granted // => [286, 214]
 * ```
 */
export const applyCaps = (
  caps: ReadonlyArray<Cap>,
  rooms: ReadonlyArray<CapRoom>,
  components: ReadonlyArray<CapComponent>,
  denominator: ExactInteger,
): CapCut => {
  const granted: Array<ExactInteger> = components.map(({ raw }) => raw)
  if (caps.length === 0) return { granted, deferred: [], steps: [] }
  const roomOf = new Map(rooms.map((one) => [one.cap, one.room]))
  const applied: Array<Applied> = []
  for (const cap of caps) {
    const room = cap.window.type === 'activity' ? cap.limit : roomOf.get(cap.id)
    const places = room === undefined ? [] : countedBy(cap, components, granted)
    if (room === undefined || places.length === 0) continue
    const desired = places.map((place) => granted[place] ?? 0)
    const kinds = places.map((place) => components[place]?.kind ?? 'regular')
    const through = letThrough(cap, desired, kinds, room, denominator)
    places.forEach((place, index) => {
      granted[place] = through[index] ?? 0
    })
    applied.push({ cap, places, room, desired, through })
  }
  return {
    granted,
    deferred: applied
      .filter(({ cap, desired, through }) => cap.onExceed === 'defer' && through !== desired)
      .map((one) => deferralOf(one, components.length)),
    steps: applied.map((one) => stepOf(one, granted)),
  }
}
