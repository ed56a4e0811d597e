// A customer's change from one state to another, with its day. The states of contracts and of silence are told this way.

import type { CivilDate } from '../../foundation/index.ts'

/** A customer's change of state. Of one customer there is at most one a day. */
export interface DatedTransition<State extends string> {
  readonly customer: string
  /** The first day of the new state. */
  readonly on: CivilDate
  /** The state before; `null` where there was none. */
  readonly from: State | null
  readonly to: State
}
