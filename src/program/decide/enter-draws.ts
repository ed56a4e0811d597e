/** What purchases and actions enter a member in, and entries that are taken back. */
import { orderFacts } from '../../earning/index.ts'
import type { ActivityId, Instant } from '../../foundation/index.ts'
import { holds } from '../../rules/index.ts'
import type { CompiledDrawEntry } from '../definition/compile-challenges.ts'
import type { OpenEarning } from '../state/open-earning.ts'
import type { Source } from './challenge-levels.ts'
import type { Counted } from './count-goals.ts'
import { effectId } from './derived-id.ts'
import { type Draft, emit } from './draft.ts'

const enters = ({ program }: Draft, { draw, condition, vocabulary }: CompiledDrawEntry, counted: Counted): boolean => {
  const { action, countedAt: at, lines, attributes, context } = counted
  if (at < draw.opens || at >= draw.closes) return false
  if (condition === null) return true
  return holds(condition, orderFacts({ action, at, lines, attributes }, program.zone, context, vocabulary))
}

const entryId = ({ goal, draw }: CompiledDrawEntry, { id }: Counted): ActivityId =>
  effectId('entry', [draw.id, goal.method], id)

/** Enters the member in every draw that an activity is for; whoever draws collects the entries of all members. */
export const enterDraws = (draft: Draft, counted: Counted, at: Instant): void => {
  const { current } = draft.program
  for (const one of current.challenges.drawEntriesOn.get(counted.action) ?? []) {
    if (!enters(draft, one, counted)) continue
    const { draw, goal } = one
    const entry = entryId(one, counted)
    emit(draft, { type: 'drawEntered', at, draw: draw.id, entry, enteredAt: counted.countedAt, method: goal.method })
    if (draft.tracing) draft.steps.push({ step: 'draw', draw: draw.id, isEntered: true })
  }
}

const isLost = (draft: Draft, one: CompiledDrawEntry, open: OpenEarning, rest: OpenEarning): boolean =>
  !open.isUndone && enters(draft, one, open) && (rest.isUndone || !enters(draft, one, rest))

/** Takes back the entries of what is undone, by the version of the program that entered. */
export const withdrawFromDraws = (draft: Draft, { id, at }: Source, open: OpenEarning, rest: OpenEarning): void => {
  for (const one of draft.program.versions.get(open.version)?.challenges.drawEntriesOn.get(open.action) ?? []) {
    if (!isLost(draft, one, open, rest)) continue
    const { draw } = one
    const entry = entryId(one, open)
    emit(draft, { type: 'drawWithdrawn', at, draw: draw.id, withdrawal: effectId('withdrawal', [entry], id), entry })
    if (draft.tracing) draft.steps.push({ step: 'draw', draw: draw.id, isEntered: false })
  }
}
