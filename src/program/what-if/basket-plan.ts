/** What can be bought. */
import type { LineId, Money } from '../../foundation/index.ts'
import type { SpendPlan } from './spend-breakpoints.ts'

/** Something that can be bought. */
export interface CatalogueItem {
  /** Of the line that it becomes. */
  readonly id: LineId
  readonly price: Money
  readonly categories?: ReadonlyArray<string>
  readonly sku?: string
  readonly brand?: string
}

/** What can be bought, and how much of it at most. */
export interface BasketPlan {
  readonly purchase: SpendPlan['purchase']
  readonly catalogue: ReadonlyArray<CatalogueItem>
  /** How many items at most, of all kinds together. */
  readonly mostItems: number
}
