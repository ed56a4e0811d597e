/** Whether two pieces of plain data are the same. */

const sameTables = (a: object, b: object): boolean => {
  const [own, others] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return (
    own.size === others.size && [...own].every(([key, value]) => others.has(key) && sameData(value, others.get(key)))
  )
}

/** Whether two pieces of plain data are the same, whatever the order of their keys. */
export const sameData = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  return sameTables(a, b)
}
