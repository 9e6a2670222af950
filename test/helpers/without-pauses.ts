import { beforeEach, vi } from 'vitest'

/** Lets every pause between two attempts last no time, unless the server asks for one: the jitter is full. */
export function withoutPauses(): void {
  beforeEach(() => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0)
    return () => random.mockRestore()
  })
}
