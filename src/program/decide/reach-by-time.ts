/** What comes of time alone: gifts for membership, and badges whose time is over. */
import { badgeHoldings } from '../../challenges/index.ts'
import { type ActivityId, addDuration, earlierOf, type Instant } from '../../foundation/index.ts'
import type { CompiledProgram } from '../definition/compile.ts'
import type { ProgramTenure } from '../definition/program-challenges.ts'
import type { MemberState } from '../state/member-state.ts'
import { expireBadge, followLevels, rewardOf, rewardsLevels, traceLevels } from './challenge-levels.ts'
import { type Draft, emit } from './draft.ts'

type Reached = Pick<MemberState, 'challenges' | 'enrolledAt' | 'asOf'>

interface DueLevel {
  readonly tenure: ProgramTenure
  readonly level: ProgramTenure['levels'][number]['id']
  readonly due: Instant
}

/** Levels of membership that were not given yet, in the order of the program. */
const none: ReadonlyArray<never> = []

const levelsAhead = (
  { program, zone }: CompiledProgram,
  { challenges, enrolledAt }: Reached,
): ReadonlyArray<DueLevel> => {
  const all = program.challenges?.tenure
  if (all === undefined || all.length === 0 || enrolledAt === null) return none
  const given = (id: string, level: string): boolean =>
    challenges.tenure.some((one) => one.tenure === id && one.level === level)
  return all.flatMap((tenure) =>
    tenure.levels
      .filter(({ id }) => !given(tenure.id, id))
      .map(({ id, after }) => ({ tenure, level: id, due: addDuration(zone, enrolledAt, after) }))
      .filter(({ due }) => tenure.from === undefined || due >= tenure.from),
  )
}

/** The badges that a member holds and when they end. */
const badgeEnds = ({ program, zone }: CompiledProgram, { challenges, asOf }: Reached) => {
  const { badges } = challenges
  if (badges.awards.length === 0 || asOf === null) return none
  return badgeHoldings(program.challenges?.badges ?? [], zone, badges, asOf).flatMap(({ badge, until }) =>
    until === null ? [] : [{ badge, due: until }],
  )
}

/** When time alone brings or takes something next; `null`: it does not. */
export const nextReachedByTime = (program: CompiledProgram, state: Reached): Instant | null => {
  let next: Instant | null = null
  for (const { due } of levelsAhead(program, state)) next = earlierOf(next, due)
  for (const { due } of badgeEnds(program, state)) next = earlierOf(next, due)
  return next
}

const reachTenure = (draft: Draft, { tenure, level }: DueLevel, at: Instant): void => {
  const of = { id: tenure.id, rewards: tenure.rewards ?? [] }
  const isRewarded = rewardsLevels(draft.program)
  emit(draft, { type: 'tenureReached', at, tenure: of.id, level, reward: rewardOf(of, level), isRewarded })
  const change = { reached: [{ level, occurrence: 0, target: 1 }], lost: [] }
  traceLevels(draft, of, change)
  // No activity brought it: the member is told apart by the state that the id is in.
  followLevels(draft, of, change, { id: draft.state.member as string as ActivityId, at })
}

/** Badges end, and then levels of membership are reached. */
export const reachByTime = (draft: Draft, at: Instant): void => {
  const ends = badgeEnds(draft.program, draft.state)
  const levels = levelsAhead(draft.program, draft.state)
  for (const { badge, due } of ends) if (due <= at) expireBadge(draft, badge, at)
  for (const level of levels) if (level.due <= at) reachTenure(draft, level, at)
}
