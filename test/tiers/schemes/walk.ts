// Walks a member through a published scheme: what follows from each deed, and what the member sees then.
import { expect } from 'vitest'
import {
  type CivilDate,
  decode,
  formatCivilDate,
  formatError,
  formatInstant,
  type Instant,
  localDateOf,
  startOfDay,
  unwrap,
  type Zone,
  zoneFromIntl,
} from '../../../src/foundation/index.ts'
import {
  Activity,
  advance,
  type CompiledProgram,
  compileProgram,
  decide,
  decodeProgram,
  evolve,
  type MemberEvent,
  MemberState,
} from '../../../src/program/index.ts'
import { keepProgress, type Ladder, type Standing, type TierProgress, tierProgress } from '../../../src/tiers/index.ts'
import { member } from '../../program/shop.ts'
import { at } from '../ladders.ts'

/** A program from its file, with the table of its time zone. */
export const schemeOf = (json: unknown): CompiledProgram => {
  const decoded = decodeProgram(json)
  if (decoded._tag === 'Left') throw new Error(formatError(decoded.left))
  return unwrap(compileProgram(decoded.right, { zones: [unwrap(zoneFromIntl(decoded.right.zone))] }))
}

/** What the member did, by what an app sends; `null`: time passes. */
export type Deed = object | null

export const joins = { type: 'enrolment', id: 'joins' }

export const buys = (id: string, amount: string, currency = 'EUR'): Deed => ({
  type: 'purchase',
  id,
  lines: [{ id: '1', amount: { amount, currency } }],
})

export const returns = (id: string, purchase: string): Deed => ({ type: 'return', id, purchase })

export const does = (name: string, id: string, attributes: object): Deed => ({ type: 'action', name, id, attributes })

export const undoes = (id: string, action: string): Deed => ({ type: 'actionCancellation', id, action })

/** A step of a walk, and what is to be seen after it. */
export interface Step {
  readonly at: string
  readonly deed: Deed
  /** `tier since … until`, in local days. */
  readonly on: string
  /** What is missing to the tiers above. */
  readonly next: ReadonlyArray<string>
  /** What is missing to keep the tier. */
  readonly keep: string | null
  /** What became of the standing, and other events by their name. */
  readonly events: ReadonlyArray<string>
}

const dayOf = (zone: Zone, instant: Instant): string => {
  const day = localDateOf(zone, instant)
  return startOfDay(zone, day) === instant ? formatCivilDate(day) : formatInstant(instant)
}

const wayText = (way: TierProgress['ways'][number]): string =>
  way.length === 0 ? 'nothing' : way.map(({ metric, missing }) => `${missing} ${metric}`).join(' and ')

const missingText = ({ ways, from, before }: TierProgress): string => {
  const dated = (word: string, day: CivilDate | null) => (day === null ? '' : ` ${word} ${formatCivilDate(day)}`)
  return `${ways.map(wayText).join(' or ')}${dated('from', from)}${dated('before', before)}`
}

const eventText = (event: MemberEvent): ReadonlyArray<string> => {
  if (['activityRecorded', 'earningRecorded', 'upgradesRewarded'].includes(event.type)) return []
  if (event.type === 'qualifyingCounted') return [`${event.count < 0 ? '' : '+'}${event.count} ${event.metric}`]
  if (event.type !== 'tierChanged') return [event.type]
  const { change, cause, from, standing } = event
  return [`${change} by ${cause}${from === standing.tier ? '' : `: ${from} to ${standing.tier}`}`]
}

const standingText = (zone: Zone, { tier, since, validUntil }: Standing): string => {
  const from = formatCivilDate(localDateOf(zone, since))
  return `${tier} since ${from}${validUntil === null ? '' : ` until ${dayOf(zone, validUntil)}`}`
}

const happens = (program: CompiledProgram, state: MemberState, step: Step) => {
  if (step.deed === null) return advance(program, state, at(step.at))
  const activity = unwrap(decode(Activity, { member: 'anna', at: step.at, ...step.deed }))
  const decided = decide(program, state, activity)
  if (decided._tag === 'Left') throw new Error(`${step.at}: ${formatError(decided.left)}`)
  return decided.right
}

/** Time up to just before an instant, in eight steps. */
const inSteps = (program: CompiledProgram, state: MemberState, until: Instant): MemberState => {
  const from = state.asOf ?? until
  return [1, 2, 3, 4, 5, 6, 7, 8].reduce((now, part) => {
    const to = from + Math.floor(((until - 1 - from) * part) / 8)
    return to <= from ? now : advance(program, now, to as Instant).state
  }, state)
}

const seenOf = (
  program: CompiledProgram,
  ladder: Ladder,
  state: MemberState,
  events: ReadonlyArray<MemberEvent>,
  when: Instant,
) => {
  const { zone } = program
  const standing = state.standings.find((one) => one.ladder === ladder.id)
  if (standing === undefined) throw new Error('the member is not on the ladder')
  const keep = keepProgress(ladder, zone, standing, when)
  return {
    on: standingText(zone, standing),
    next: tierProgress(ladder, zone, standing, when).map((one) => `${one.tier}: ${missingText(one)}`),
    keep: keep === null ? null : missingText(keep),
    events: events.flatMap(eventText),
  }
}

/**
 * Takes a member through the steps. After each one it is also tried that the events alone give the same state, and that
 * the state survives being stored, and that it makes no difference whether time was looked at in between.
 */
export const walks = (
  program: CompiledProgram,
  steps: ReadonlyArray<Step>,
  from: MemberState = member(),
): MemberState => {
  const [ladder] = program.program.ladders
  if (ladder === undefined) throw new Error('the program has no ladder')
  let now = from
  for (const step of steps) {
    const { state, events } = happens(program, now, step)
    expect(
      events.reduce((before, event) => evolve(before, event), now),
      step.at,
    ).toEqual(state)
    expect(unwrap(decode(MemberState, JSON.parse(JSON.stringify(MemberState.encode(state))))), step.at).toEqual(state)
    expect(happens(program, inSteps(program, now, at(step.at)), step).state, step.at).toEqual(state)
    const { on, next, keep, events: texts } = step
    expect({ at: step.at, ...seenOf(program, ladder, state, events, at(step.at)) }).toEqual({
      at: step.at,
      on,
      next,
      keep,
      events: texts,
    })
    now = state
  }
  return now
}
