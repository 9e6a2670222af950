/** Whether an error is one of the disk, such as `ENOSPC`. */
export function isStorageFailure(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && diskErrors.has(String(error.code))
}

/** Whether a disk, or a share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return isStorageFailure(error) && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(error.code)
}

const diskErrors = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'EMFILE'])
