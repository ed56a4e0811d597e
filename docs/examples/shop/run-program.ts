// Runs the program over everything that happened.
import {
  type Activity,
  advance,
  type CompiledProgram,
  decide,
  type Instant,
  type MemberId,
  type MemberState,
  newMember,
  type Rejection,
} from 'treue'
import { type Progress, silent } from './progress.ts'

/** An activity that the program did not take in. */
export interface Refusal {
  readonly activity: Activity
  readonly reasons: Rejection
}

/** What the program came to. */
export interface ProgramRun {
  readonly asOf: Instant
  /** Every member's state at the end. */
  readonly states: ReadonlyMap<MemberId, MemberState>
  /** Everything that was decided, each member's in order of time, with what decisions about one member asked for another. */
  readonly decided: ReadonlyArray<Activity>
  readonly refused: ReadonlyArray<Refusal>
}

/** A run in the making. */
interface Draft extends ProgramRun {
  readonly states: Map<MemberId, MemberState>
  readonly decided: Array<Activity>
  readonly refused: Array<Refusal>
}

/** Adds what one family's activities come to. */
const runFamily = (program: CompiledProgram, activities: ReadonlyArray<Activity>, run: Draft): void => {
  const states = new Map<MemberId, MemberState>()
  const take = (activity: Activity): void => {
    const state = states.get(activity.member) ?? newMember(activity.member)
    const decision = decide(program, state, activity, { trace: false })
    if (decision._tag === 'Left') {
      run.refused.push({ activity, reasons: decision.left })
      return
    }
    states.set(activity.member, decision.right.state)
    run.decided.push(activity)
    decision.right.followUps.forEach(take)
  }
  activities.forEach(take)
  for (const [member, state] of states) {
    run.states.set(member, advance(program, state, run.asOf, { trace: false }).state)
  }
}

/**
 * Decides every activity on its member's state, passes what follows for other members on at once, and lets time pass to
 * the end. An app does the same with states that it stores.
 *
 * @param families - activities in order of time, together where one member's decisions can reach another
 */
export const runProgram = (
  program: CompiledProgram,
  families: ReadonlyArray<ReadonlyArray<Activity>>,
  asOf: Instant,
  progress: Progress = silent,
): ProgramRun => {
  const run: Draft = { asOf, states: new Map(), decided: [], refused: [] }
  families.forEach((activities, index) => {
    runFamily(program, activities, run)
    progress.step(index)
  })
  progress.end()
  return run
}
