import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/foundation/index.ts'
import { compileProgram } from '../../../src/program/index.ts'
import { realZone } from '../../arbitraries/time.ts'
import { programOf } from '../shop.ts'

describe('compileProgram', () => {
  test('takes the zone from the tables given; UTC is always known', () => {
    expect(unwrap(compileProgram(programOf())).zone.id).toBe('UTC')
    const berlin = programOf({ zone: 'Europe/Berlin' })
    expect(unwrap(compileProgram(berlin, { zones: [realZone('Europe/Berlin')] })).zone.id).toBe('Europe/Berlin')
    expect(compileProgram(berlin)).toMatchObject({
      _tag: 'Left',
      left: [{ _tag: 'InvalidValue', path: ['zone'], actual: '"Europe/Berlin"' }],
    })
  })

  test('keeps what returns need of earlier versions', () => {
    const compiled = unwrap(
      compileProgram(programOf({ version: 3 }), { earlier: [programOf(), programOf({ version: 2 })] }),
    )
    expect([...compiled.versions.keys()]).toEqual([3, 1, 2])
  })

  test('refuses a version given twice, and another program', () => {
    const conflicts = compileProgram(programOf(), { earlier: [programOf(), programOf({ id: 'other', version: 2 })] })
    expect(conflicts).toMatchObject({
      _tag: 'Left',
      left: [
        { _tag: 'VersionConflict', path: ['earlier', 0], version: 1 },
        { _tag: 'VersionConflict', path: ['earlier', 1], version: 2 },
      ],
    })
  })
})
