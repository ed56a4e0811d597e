/** Items of a catalogue between which a program makes no difference but for what they cost. */
import type { Purchase } from '../activity/activity.ts'
import type { Program } from '../definition/program.ts'
import type { CatalogueItem } from './basket-plan.ts'

/** What a program knows of an item. */
export type ItemFacts = Pick<Purchase['lines'][number], 'categories' | 'sku' | 'brand'>

/** Items of equal facts, one for each price. */
export interface ItemClass {
  readonly facts: ItemFacts
  readonly items: ReadonlyArray<CatalogueItem>
}

const textsIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** What no condition can tell apart is one text. */
const OTHER = ''

const factsOf = ({ categories, sku, brand }: CatalogueItem, named: ReadonlySet<string>): ItemFacts => {
  const known = [...new Set(categories ?? [])].filter((category) => named.has(category)).sort()
  const heard = (text: string): string => (named.has(text) ? text : OTHER)
  return {
    ...(known.length === 0 ? {} : { categories: known }),
    ...(sku === undefined ? {} : { sku: heard(sku) }),
    ...(brand === undefined ? {} : { brand: heard(brand) }),
  }
}

/** The classes of a catalogue; of items that cost the same the first one stands for all. */
export const itemClasses = (program: Program, catalogue: ReadonlyArray<CatalogueItem>): ReadonlyArray<ItemClass> => {
  const named = new Set(textsIn(program))
  const classes = new Map<string, { readonly facts: ItemFacts; readonly byPrice: Map<number, CatalogueItem> }>()
  for (const item of catalogue) {
    const facts = factsOf(item, named)
    const key = JSON.stringify([facts.categories ?? [], facts.sku ?? null, facts.brand ?? null])
    const one = classes.get(key) ?? { facts, byPrice: new Map<number, CatalogueItem>() }
    classes.set(key, one)
    if (!one.byPrice.has(item.price.minor)) one.byPrice.set(item.price.minor, item)
  }
  return [...classes.values()].map(({ facts, byPrice }) => ({ facts, items: [...byPrice.values()] }))
}

/** A line that has what any item has; `null`: no line can have it all. */
export const unionOf = (classes: ReadonlyArray<ItemClass>): ItemFacts | null => {
  const all = (field: 'sku' | 'brand') => new Set(classes.map(({ facts }) => facts[field]))
  const [skus, brands] = [all('sku'), all('brand')]
  if (skus.size > 1 || brands.size > 1) return null
  const [sku] = skus
  const [brand] = brands
  const categories = [...new Set(classes.flatMap(({ facts }) => facts.categories ?? []))]
  return { categories, ...(sku === undefined ? {} : { sku }), ...(brand === undefined ? {} : { brand }) }
}
